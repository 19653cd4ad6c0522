// VitePress's own theme, with our colours and the components that run programs.

import DefaultTheme from 'vitepress/theme';
import type { Theme } from 'vitepress';
import { defineAsyncComponent, h } from 'vue';
import ErrorExample from '../../components/ErrorExample.vue';
import HomePicture from '../../components/HomePicture.vue';
import Example from '../../components/Example.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(HomePicture) }),
  enhanceApp({ app }) {
    app.component('Example', Example);
    app.component('ErrorExample', ErrorExample);
    app.component('Playground', defineAsyncComponent(() => import('../../components/Playground.vue')));
  },
} satisfies Theme;
