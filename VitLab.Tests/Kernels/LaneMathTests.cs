using VitLab.Kernels.Reference;
using VitLab.Kernels.Simd;

namespace VitLab.Tests.Kernels;

[Trait("Kernels", "Paths")]
public class LaneMathTests
{
    [Fact]
    public void ExpOfNegative_WholeRange_IsRightToTwoTenMillionths()
    {
        for (var x = 0f; x > -87.3f; x -= 0.0037f)
        {
            var expected = Math.Exp(x);
            Assert.Equal(1, LaneMath.ExpOfNegative(LanesScalar.Create(x)).Sum() / expected, 2e-7);
        }
    }

    [Fact]
    public void ExpOfNegative_Edges_AreExact()
    {
        Assert.Equal(1, LaneMath.ExpOfNegative(LanesScalar.Create(0)).Sum());
        Assert.Equal(0, LaneMath.ExpOfNegative(LanesScalar.Create(-88)).Sum());
        Assert.Equal(0, LaneMath.ExpOfNegative(LanesScalar.Create(float.NegativeInfinity)).Sum());
        Assert.True(float.IsNaN(LaneMath.ExpOfNegative(LanesScalar.Create(float.NaN)).Sum()));
    }

    [Fact]
    public void NormalTail_WholeRange_IsRightToThreeTenMillionths()
    {
        for (var a = 0f; a > -12.5f; a -= 0.0019f)
        {
            var tail = LaneMath.NormalTail(LanesScalar.Create(a), LaneMath.ExpInRange(LanesScalar.Create(-0.5f * a * a))).Sum();
            Assert.Equal(ActivationReference.NormalCdf(a), tail, 3e-7);
        }
    }
}
