namespace VitLab.Tests.Golden;

public class GoldenNumbersTests
{
    // from golden_numbers import *; uniform("abc", [3], -1, 1)
    [Fact]
    public void Uniform_SameName_IsPythonsToTheLastBit() =>
        Assert.Equal([-0.67275476f, -0.42603186f, -0.9819274f], GoldenNumbers.Uniform("abc", [3], -1, 1));

    [Fact]
    public void Uniform_AStoredInput_IsTheFormulas()
    {
        var stored = new GoldenFile("ops.safetensors")["linear/in.x"];

        Assert.Equal(stored.Floats, GoldenNumbers.Uniform("linear.x", stored.Shape, -2, 2));
    }
}
