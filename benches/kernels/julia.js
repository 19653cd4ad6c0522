inputs => {
    const pixel = inputs.threadId.xy;
    const c = vec2(-0.8, 0.156);
    let z = pixel.minus(inputs.canvas.size.div(2)).times(inputs.uniforms.scale);
    let n = 0;
    while (n < 1000) {
        z = z.cplxTimes(z).plus(c);
        if (z.length() > 2) break;
        n++;
    }
    inputs.canvas.setPixel(pixel, n % 256, n / 4, 255 - n / 4);
}
