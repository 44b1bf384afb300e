using VitLab.Torch;
using VitLab.Torch.Modules;
using static VitLab.Torch.torch;

namespace VitLab.Tests.Torch;

public sealed class OptimizerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    // def run(make, steps=4):
    //     w = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5])); b = torch.nn.Parameter(torch.tensor([0.25]))
    //     o = make([w, b])
    //     for i in range(steps):
    //         o.zero_grad()
    //         ((w * torch.tensor([1., 2., 3.]) * (i + 1)).sum().pow(2) + b.pow(3) * w[0]).sum().backward()
    //         o.step()
    //     return [round(float(v), 7) for v in list(w) + list(b)]
    public static TheoryData<string, double[]> AfterFourSteps => new()
    {
        { "adam", [1.3060393, -1.693465, 0.8063287, -0.0617181] },       // Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.01)
        { "adamw", [1.2541044, -1.6275644, 0.7739257, -0.063228] },      // AdamW(p, lr=0.1, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)
        { "sgd", [1.0688983, -1.8620788, 0.7068817, 0.2492413] },        // SGD(p, lr=0.001)
        { "momentum", [1.1012124, -1.7966319, 0.804458, 0.248355] },     // SGD(p, lr=0.001, momentum=0.9, dampening=0.1, weight_decay=0.02)
        { "nesterov", [1.1287086, -1.7422056, 0.8866915, 0.2476866] },   // SGD(p, lr=0.001, momentum=0.9, nesterov=True)
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(AfterFourSteps))]
    public void Step_FourTimes_GivesPyTorchsNumbers(string name, double[] expected)
    {
        var (w, b) = NewParameters();
        using var optimizer = Make(name, [w, b]);

        Train(optimizer, w, b, 0, 4);

        OpCase.AssertClose(expected, [.. OpCase.Numbers(w.detach()), .. OpCase.Numbers(b.detach())], 2e-6, name);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("momentum")]
    public void LoadStateDict_SavedMidway_GoesOnAsIfUninterrupted(string name)
    {
        var (w, b) = NewParameters();
        using var whole = (OptimizerHelper)Make(name, [w, b]);
        Train(whole, w, b, 0, 2);
        using var file = new MemoryStream();
        whole.save_state_dict(new BinaryWriter(file));
        var (w2, b2) = (new Parameter(w.detach().clone()), new Parameter(b.detach().clone()));
        var (w3, b3) = (new Parameter(w.detach().clone()), new Parameter(b.detach().clone()));
        using var fromFile = (OptimizerHelper)Make(name, [w2, b2]);
        using var fromMemory = (OptimizerHelper)Make(name, [w3, b3]);
        file.Position = 0;

        fromFile.load_state_dict(new BinaryReader(file));
        fromMemory.load_state_dict(whole.state_dict());
        Train(whole, w, b, 2, 4);
        Train(fromFile, w2, b2, 2, 4);
        Train(fromMemory, w3, b3, 2, 4);

        Assert.Equal(OpCase.Numbers(w.detach()), OpCase.Numbers(w2.detach()));
        Assert.Equal(OpCase.Numbers(b.detach()), OpCase.Numbers(b3.detach()));
    }

    [Fact]
    public void LoadStateDict_OfAnotherOptimizer_NamesBoth()
    {
        var (w, b) = NewParameters();
        using var adam = optim.Adam([w, b]);
        using var adamW = optim.AdamW([w, b]);
        using var file = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(file));
        file.Position = 0;

        var error = Assert.Throws<InvalidDataException>(() => adamW.load_state_dict(new BinaryReader(file)));

        Assert.Contains("'AdamW', but found 'Adam'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParamGroups_WithTheirOwnOptions_KeepThem()
    {
        var (w, b) = NewParameters();
        using var optimizer = optim.AdamW([new AdamW.ParamGroup([w], lr: 0.5, weight_decay: 0.1), new AdamW.ParamGroup { Parameters = [b] }], lr: 0.01);

        Assert.Equal([0.5, 0.01], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([w, b], optimizer.parameters());
        optimizer.ParamGroups.First().LearningRate = 0.25;
        Assert.Equal(0.25, ((AdamW.ParamGroup)optimizer.ParamGroups.First()).Options.LearningRate);
    }

    [Fact]
    public void Step_ParameterWithoutGradient_IsLeftAlone()
    {
        var (w, b) = NewParameters();
        using var optimizer = optim.AdamW([w, b], lr: 0.1, weight_decay: 0.5);
        (w * 2).sum().backward();

        optimizer.step();

        Assert.Equal(0.25f, b.item<float>());
        Assert.NotEqual(1, w.detach().data<float>()[0]);
    }

    [Theory]
    [InlineData(1.0, 2.0, 3.7416573867739413)]
    [InlineData(100.0, 2.0, 3.7416573867739413)]
    [InlineData(1.0, double.PositiveInfinity, 3)]
    [InlineData(1.0, 1.0, 6)]
    public void ClipGradNorm_Gradients_AreScaledTogether(double maxNorm, double type, double expected)
    {
        var (w, b) = NewParameters();
        w.grad = tensor([1f, -2, 3]);

        var norm = nn.utils.clip_grad_norm_([w, b], maxNorm, type);

        Assert.Equal(expected, norm, 1e-6);
        var factor = Math.Min(1, maxNorm / expected);
        OpCase.AssertClose([factor, -2 * factor, 3 * factor], OpCase.Numbers(w.grad!), 1e-6, "clipped");
    }

    [Fact]
    public void ClipGradNorm_TermsOfOneSum_ScalesEachOnce()
    {
        var (a, b) = (new Parameter(zeros(4)), new Parameter(zeros(4)));
        (a + b).sum().backward();

        nn.utils.clip_grad_norm_([a, b], Math.Sqrt(2));

        OpCase.AssertClose([0.5, 0.5, 0.5, 0.5], OpCase.Numbers(a.grad!), 1e-6, "first term");
        OpCase.AssertClose([0.5, 0.5, 0.5, 0.5], OpCase.Numbers(b.grad!), 1e-6, "second term");
    }

    [Fact]
    public void Step_ParameterMadeOfAView_UpdatesItAlone()
    {
        var memory = ones(3, 4);
        var w = new Parameter(memory.narrow(1, 1, 2));
        using var optimizer = optim.SGD([w], 0.5);
        (w * 2).sum().backward();

        optimizer.step();

        Assert.Equal([0f, 0, 0, 0, 0, 0], w.detach().data<float>().ToArray());
        Assert.Equal(12, memory.sum().item<float>());
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        var (w, b) = NewParameters();

        Assert.Throws<ArgumentException>(() => optim.AdamW([w], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([b], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([w], 0.1, nesterov: true));
    }

    private static optim.Optimizer Make(string name, Parameter[] parameters) => name switch
    {
        "adam" => optim.Adam(parameters, lr: 0.1, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.01),
        "adamw" => optim.AdamW(parameters, lr: 0.1, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1),
        "sgd" => optim.SGD(parameters, 0.001),
        "momentum" => optim.SGD(parameters, 0.001, momentum: 0.9, dampening: 0.1, weight_decay: 0.02),
        _ => optim.SGD(parameters, 0.001, momentum: 0.9, nesterov: true),
    };

    private static (Parameter W, Parameter B) NewParameters() => (new Parameter(tensor([1f, -2, 0.5f])), new Parameter(tensor([0.25f])));

    private static void Train(optim.Optimizer optimizer, Parameter w, Parameter b, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            ((w * tensor([1f, 2, 3]) * (i + 1)).sum().pow(2) + b.pow(3) * w[0]).sum().backward();
            optimizer.step();
        }
    }
}
