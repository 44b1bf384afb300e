using VitLab.Torch;
using VitLab.Torch.Modules;
using static VitLab.Torch.torch;
using static VitLab.Torch.torch.optim;

namespace VitLab.Tests.Torch;

public sealed class ScheduleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    // def rates(f, n=8, lr=0.5):
    //     p = torch.nn.Parameter(torch.zeros(1)); o = torch.optim.SGD([p], lr=lr); s = f(o); r = [o.param_groups[0]['lr']]
    //     for i in range(n): o.step(); s.step(); r.append(o.param_groups[0]['lr'])
    //     return [round(x, 9) for x in r]
    private static readonly Dictionary<string, (Func<Optimizer, lr_scheduler.LRScheduler> Make, double[] Rates)> s_schedules = new()
    {
        ["LambdaLR(o, lambda e: 1 / (1 + e))"] = (o => lr_scheduler.LambdaLR(o, e => 1.0 / (1 + e)), [0.5, 0.25, 0.166666667, 0.125, 0.1, 0.083333333, 0.071428571, 0.0625, 0.055555556]),
        ["MultiplicativeLR(o, lambda e: 0.9)"] = (o => lr_scheduler.MultiplicativeLR(o, e => 0.9), [0.5, 0.45, 0.405, 0.3645, 0.32805, 0.295245, 0.2657205, 0.23914845, 0.215233605]),
        ["StepLR(o, 3, 0.1)"] = (o => lr_scheduler.StepLR(o, 3, 0.1), [0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.005, 0.005, 0.005]),
        ["MultiStepLR(o, [2, 5], 0.1)"] = (o => lr_scheduler.MultiStepLR(o, [2, 5], 0.1), [0.5, 0.5, 0.05, 0.05, 0.05, 0.005, 0.005, 0.005, 0.005]),
        ["ConstantLR(o, 0.25, 3)"] = (o => lr_scheduler.ConstantLR(o, 0.25, 3), [0.125, 0.125, 0.125, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
        ["LinearLR(o, 0.2, 1.0, 4)"] = (o => lr_scheduler.LinearLR(o, 0.2, 1.0, 4), [0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5]),
        ["ExponentialLR(o, 0.8)"] = (o => lr_scheduler.ExponentialLR(o, 0.8), [0.5, 0.4, 0.32, 0.256, 0.2048, 0.16384, 0.131072, 0.1048576, 0.08388608]),
        ["PolynomialLR(o, 5, 2.0)"] = (o => lr_scheduler.PolynomialLR(o, 5, 2.0), [0.5, 0.32, 0.18, 0.08, 0.02, 0.0, 0.0, 0.0, 0.0]),
        ["CosineAnnealingLR(o, 6, 0.05)"] = (o => lr_scheduler.CosineAnnealingLR(o, 6, 0.05), [0.5, 0.469855716, 0.3875, 0.275, 0.1625, 0.080144284, 0.05, 0.080144284, 0.1625]),
        ["SequentialLR(o, [LinearLR(o, 0.1, 1.0, 3), CosineAnnealingLR(o, 5)], [3])"] = (o => lr_scheduler.SequentialLR(o, [lr_scheduler.LinearLR(o, 0.1, 1.0, 3), lr_scheduler.CosineAnnealingLR(o, 5)], [3]), [0.05, 0.2, 0.35, 0.5, 0.452254249, 0.327254249, 0.172745751, 0.047745751, 0.0]),
        ["OneCycleLR(o, 1.0, total_steps=9, cycle_momentum=False)"] = (o => lr_scheduler.OneCycleLR(o, 1.0, total_steps: 9, cycle_momentum: false), [0.04, 0.651358235, 0.994415435, 0.898566659, 0.705644729, 0.462637103, 0.228729953, 0.06089297, 4e-06]),
        ["ChainedScheduler([ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)])"] = (o => lr_scheduler.ChainedLR([lr_scheduler.ConstantLR(o, 0.1, 2), lr_scheduler.ExponentialLR(o, 0.9)]), [0.05, 0.045, 0.405, 0.3645, 0.32805, 0.295245, 0.2657205, 0.23914845, 0.215233605]),
    };

    public static TheoryData<string> Names => [.. s_schedules.Keys];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_EightTimes_GivesPyTorchsRates(string name)
    {
        var (make, expected) = s_schedules[name];
        using var optimizer = NewOptimizer();
        var schedule = make(optimizer);
        List<double> rates = [Rate(optimizer)];

        for (var i = 0; i < 8; i++)
        {
            schedule.step();
            rates.Add(Rate(optimizer));
        }

        OpCase.AssertClose(expected, [.. rates], 2e-9, name);
    }

    [Theory]
    [InlineData("StepLR(o, 3, 0.1)")]
    [InlineData("LinearLR(o, 0.2, 1.0, 4)")]
    [InlineData("CosineAnnealingLR(o, 6, 0.05)")]
    [InlineData("ConstantLR(o, 0.25, 3)")]
    [InlineData("PolynomialLR(o, 5, 2.0)")]
    [InlineData("ExponentialLR(o, 0.8)")]
    [InlineData("MultiStepLR(o, [2, 5], 0.1)")]
    public void Step_ToAnEpoch_JumpsThere(string name)
    {
        var (make, expected) = s_schedules[name];
        using var optimizer = NewOptimizer();

        make(optimizer).step(4);

        Assert.Equal(expected[4], Rate(optimizer), 1e-9);
    }

    [Fact]
    public void ReduceLROnPlateau_MetricStalls_HalvesTheRate()
    {
        using var optimizer = NewOptimizer();
        var schedule = lr_scheduler.ReduceLROnPlateau(optimizer, factor: 0.5, patience: 1, cooldown: 1);

        // s = ReduceLROnPlateau(o, factor=0.5, patience=1, cooldown=1); the same metrics
        double[] rates = [.. new[] { 1.0, 0.9, 0.95, 0.93, 0.92, 0.91, 0.905, 0.902, 0.5 }.Select(metric =>
        {
            schedule.step(metric);
            return Rate(optimizer);
        })];

        Assert.Equal([0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125], rates);
        Assert.Throws<InvalidOperationException>(schedule.step);
    }

    [Fact]
    public void OneCycle_Momentum_MovesAgainstTheRate()
    {
        using var optimizer = optim.AdamW([new Parameter(zeros(1))], 0.5);
        var schedule = lr_scheduler.OneCycleLR(optimizer, 1.0, total_steps: 10);
        var options = (AdamW.Options)((ParamGroup)optimizer.ParamGroups.First()).Options;
        Assert.Equal(0.95, options.beta1!.Value, 1e-9);

        schedule.step();
        schedule.step();

        Assert.Equal(0.85, options.beta1!.Value, 1e-9);
        Assert.Equal(1.0, Rate(optimizer), 1e-9);
        Assert.Equal([1.0], schedule.get_last_lr());
    }

    private static SGD NewOptimizer() => optim.SGD([new Parameter(zeros(1))], 0.5);

    private static double Rate(Optimizer optimizer) => optimizer.ParamGroups.First().LearningRate;
}
