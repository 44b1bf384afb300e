using System.Reflection;
using VitLab.Kernels;

namespace VitLab.Tests.Dialect.Managed;

/// <summary>The checks find what they are for: each is shown a planted offence and must name the member and the file.</summary>
public class DialectCheckTests
{
    private const string ReLU = """
        sealed class Modules.ReLU
            : IDisposable
            : torch.nn.HookableModule<Func<torch.nn.Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor>, Func<torch.nn.Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor, torch.Tensor>>
            : torch.nn.IModule<torch.Tensor, torch.Tensor>
            : torch.nn.Module
            : torch.nn.Module<torch.Tensor, torch.Tensor>
            torch.Tensor forward(torch.Tensor tensor)
        """;

    private static readonly string s_file = Path.Combine("VitLab.Tests", "Dialect", "Managed", "DialectCheckTests.cs");

    private const string ControllerOfRates = """
        interface torch.optim.ILearningRateController
            abstract double LearningRate { get; set; }
            abstract double InitialLearningRate { get; set; }
        """;

    [Theory]
    [InlineData("torch.Tensor forward(torch.Tensor tensor)", "torch.Tensor forward(torch.Tensor input)")]            // another parameter name
    [InlineData("torch.Tensor forward(torch.Tensor tensor)", "torch.Tensor forward(torch.Tensor tensor = null)")]    // another default
    [InlineData("torch.Tensor forward(torch.Tensor tensor)", "torch.Tensor forward(params torch.Tensor tensor)")]
    [InlineData("torch.Tensor forward(torch.Tensor tensor)", "Modules.Parameter forward(torch.Tensor tensor)")]      // another result
    [InlineData("torch.Tensor forward(torch.Tensor tensor)", "static torch.Tensor forward(torch.Tensor tensor)")]
    [InlineData("torch.Tensor forward(torch.Tensor tensor)", "torch.Tensor backward(torch.Tensor tensor)")]          // no such member
    [InlineData(": torch.nn.Module\n", "\n")]                                                                        // no such ancestor
    [InlineData("sealed class Modules.ReLU", "struct Modules.ReLU")]
    [InlineData("sealed class Modules.ReLU", "sealed class Modules.SiLU")]                                           // no such type
    public void Strays_TypeUnlikeTheTables_AreNamed(string row, string other)
    {
        Assert.Empty(DialectTable.Parse(ReLU).Strays(typeof(ReLU)));

        var strays = DialectTable.Parse(ReLU.Replace(row, other, StringComparison.Ordinal)).Strays(typeof(ReLU)).ToList();

        Assert.NotEmpty(strays);
        Assert.All(strays, stray => Assert.StartsWith("Modules.ReLU: ", stray, StringComparison.Ordinal));
    }

    [Fact]
    public void Strays_NarrowerThanTheTable_AreNone() =>
        Verdict.Clean(DialectTable.Parse(ReLU.Replace("sealed class", "class", StringComparison.Ordinal).Replace("torch.Tensor forward", "virtual torch.Tensor forward", StringComparison.Ordinal)).Strays(typeof(ReLU)));

    [Fact]
    public void Strays_WiderThanTheTable_AreNamed()
    {
        Assert.Empty(DialectTable.Parse(ControllerOfRates).Strays(typeof(optim.ILearningRateController)));

        var stray = Assert.Single(DialectTable.Parse(ControllerOfRates.Replace("double LearningRate { get; set; }", "double LearningRate { get; }", StringComparison.Ordinal)).Strays(typeof(optim.ILearningRateController)));

        Assert.StartsWith("torch.optim.ILearningRateController: abstract double LearningRate { get; set; }", stray, StringComparison.Ordinal);
    }

    [Fact]
    public void Uses_Offences_AreNamedWithTheirFile()
    {
        var strays = DialectUses.Strays(DialectTable.Load(), typeof(Offender).Assembly, [typeof(Offender), .. typeof(Offender).GetNestedTypes(BindingFlags.NonPublic)]);

        Assert.Equal(
            [
                $"{s_file} names the type VitLab.Kernels.ReluKernel",
                $"{s_file} names torch.Tensor.Core",
                $"{s_file} names torch.Tensor.IsDisposed",
            ],
            strays.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Uses_OfAnHonestModel_AreNone() =>
        Verdict.Clean(DialectUses.Strays(DialectTable.Load(), typeof(Honest).Assembly, [typeof(Honest)]));

    /// <summary>What no model may do: reach into a tensor's memory, and past the engine to a kernel.</summary>
    private sealed class Offender
    {
        public static bool Memory(Tensor tensor) => tensor.Core is null;

        public static void Kernel(float[] x, float[] y) => ReluKernel.Forward(x, y);

        public static Func<bool> Hidden(Tensor tensor) => () => tensor.IsDisposed;
    }

    private sealed class Honest : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> _layers = [nn.Linear(2, 3)];

        public Honest()
            : base(nameof(Honest)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _layers.Aggregate(input, (x, layer) => functional.gelu(layer.call(x)))[.., 1] + 1;
    }
}
