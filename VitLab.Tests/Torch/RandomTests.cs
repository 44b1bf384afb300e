using VitLab.Torch;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public sealed class RandomTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ManualSeed_SameSeed_RepeatsEverything()
    {
        static float[] Draw()
        {
            manual_seed(11);
            return [.. rand(3).data<float>(), .. randn(3).data<float>(), .. randint(100, [3]).@float().data<float>(), .. functional.dropout(ones(9)).data<float>()];
        }

        Assert.Equal(Draw(), Draw());
    }

    [Fact]
    public void SetRngState_SavedState_GoesOnFromThere()
    {
        manual_seed(5);
        randn(17);
        var state = get_rng_state();
        var expected = functional.dropout(rand(64)).data<float>().ToArray();

        set_rng_state(state);

        Assert.Equal(expected, functional.dropout(rand(64)).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => set_rng_state(ones(2)));
    }

    [Fact]
    public void Generator_OfItsOwn_LeavesTheDefaultAlone()
    {
        manual_seed(1);
        var expected = rand(4).data<float>().ToArray();
        manual_seed(1);
        using var generator = new Generator(9);

        var own = rand([4], generator: generator).data<float>().ToArray();

        Assert.NotEqual(expected, own);
        Assert.Equal(expected, rand(4).data<float>().ToArray());
    }

    [Fact]
    public void Distributions_ManyDraws_HaveTheirMoments()
    {
        manual_seed(2);

        AssertMoments(rand(20_000), 0.5, Math.Sqrt(1 / 12.0));
        AssertMoments(randn(20_000), 0, 1);
        AssertMoments(empty(20_000).uniform_(-3, 1), -1, 4 / Math.Sqrt(12));
        AssertMoments(empty(20_000).normal_(2, 0.5), 2, 0.5);
        AssertMoments(empty(20_000).bernoulli_(0.2), 0.2, 0.4);
        AssertMoments(full([20_000], 0.7f).bernoulli(), 0.7, Math.Sqrt(0.21));
        AssertMoments(randint(2, 5, [20_000]).@float(), 3, Math.Sqrt(2 / 3.0));
    }

    [Fact]
    public void Init_EveryScheme_HasItsSpread()
    {
        manual_seed(3);
        var w = empty(200, 100);

        AssertMoments(init.xavier_uniform_(w), 0, Math.Sqrt(2.0 / 300));
        AssertMoments(init.xavier_normal_(w), 0, Math.Sqrt(2.0 / 300));
        AssertMoments(init.kaiming_uniform_(w, Math.Sqrt(5)), 0, Math.Sqrt(1 / 300.0));
        AssertMoments(init.kaiming_normal_(w, nonlinearity: init.NonlinearityType.ReLU), 0, Math.Sqrt(2.0 / 100));
        AssertMoments(init.normal_(w, std: 0.02), 0, 0.02);
        Assert.Equal(3, init.constant_(w, 3).mean().ToSingle());
        using var layer = Linear(100, 50);
        AssertMoments(layer.weight.detach(), 0, Math.Sqrt(1 / 300.0));
        Assert.InRange(layer.bias!.detach().abs().max().ToSingle(), 0, 0.1f);
    }

    private static void AssertMoments(Tensor x, double mean, double std)
    {
        Assert.Equal(mean, x.mean().ToDouble(), std * 0.05);
        Assert.Equal(std, x.std().ToDouble(), std * 0.05);
    }
}
