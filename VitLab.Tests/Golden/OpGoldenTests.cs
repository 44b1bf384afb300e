
namespace VitLab.Tests.Golden;

/// <summary>Every row of op_cases.py: the value and each gradient against PyTorch in float64.</summary>
public class OpGoldenTests
{
    // Rounding of a handful of float32 terms; sums here have at most a few dozen. Extreme rows saturate instead and stay as exact.
    private const double Share = 2e-6;

    // Values of 100 with a spread of 0.6: a float32 mean is off by up to 4e-6, which is 1e-5 of the normalised value.
    private const double FarFromZeroShare = 2e-5;

    // Parsed, because in an expression "GELU" is the layer's factory.
    private static readonly GELU.Approximate s_tanh = Enum.Parse<GELU.Approximate>("tanh");

    private static readonly GoldenFile s_golden = new("ops.safetensors");

    private static readonly Dictionary<string, Func<Inputs, Tensor>> s_ops = new()
    {
        ["linear"] = t => functional.linear(t["x"], t["w"], t["b"]),
        ["linear_no_bias"] = t => functional.linear(t["x"], t["w"]),
        ["layer_norm"] = t => functional.layer_norm(t["x"], [8], t["w"], t["b"]),
        ["layer_norm_far_from_zero"] = t => functional.layer_norm(t["x"], [8], t["w"], t["b"]),
        ["gelu"] = t => functional.gelu(t["x"]),
        ["gelu_extreme"] = t => functional.gelu(t["x"]),
        ["gelu_tanh"] = t => functional.gelu(t["x"], s_tanh),
        ["relu"] = t => functional.relu(t["x"]),
        ["softmax"] = t => functional.softmax(t["x"], -1),
        ["softmax_extreme"] = t => functional.softmax(t["x"], -1),
        ["log_softmax"] = t => functional.log_softmax(t["x"], -1),
        ["attention"] = t => functional.scaled_dot_product_attention(t["q"], t["k"], t["v"]),
        ["attention_cross"] = t => functional.scaled_dot_product_attention(t["q"], t["k"], t["v"]),
        ["attention_mask"] = t => functional.scaled_dot_product_attention(t["q"], t["k"], t["v"], t["mask"]),
        ["attention_causal"] = t => functional.scaled_dot_product_attention(t["q"], t["k"], t["v"], is_casual: true),
        ["cross_entropy"] = t => functional.cross_entropy(t["x"], t["target"]),
        ["cross_entropy_extreme"] = t => functional.cross_entropy(t["x"], t["target"]),
        ["cross_entropy_smoothing"] = t => functional.cross_entropy(t["x"], t["target"], label_smoothing: 0.1),
        ["cross_entropy_ignore"] = t => functional.cross_entropy(t["x"], t["target"], ignore_index: -100, label_smoothing: 0.1),
        ["cross_entropy_weight"] = t => functional.cross_entropy(t["x"], t["target"], t["w"]),
        ["cross_entropy_sum"] = t => functional.cross_entropy(t["x"], t["target"], reduction: torch.nn.Reduction.Sum),
        ["mse_loss"] = t => functional.mse_loss(t["x"], t["target"]),
        ["bce_with_logits"] = t => functional.binary_cross_entropy_with_logits(t["x"], t["target"]),
        ["bce_with_logits_extreme"] = t => functional.binary_cross_entropy_with_logits(t["x"], t["target"]),
        ["conv2d"] = t => functional.conv2d(t["x"], t["w"], t["b"], strides: [2, 2], padding: [1, 1]),
        ["conv2d_groups_dilation"] = t => functional.conv2d(t["x"], t["w"], groups: 2, dilation: [2, 2]),
        ["conv2d_patches"] = t => functional.conv2d(t["x"], t["w"], t["b"], strides: [3, 3]),
        ["max_pool2d"] = t => functional.max_pool2d(t["x"], 2),
        ["max_pool2d_overlapping"] = t => functional.max_pool2d(t["x"], 3, stride: 2, padding: 1),
        ["embedding"] = Embed,
        ["matmul_broadcast"] = t => torch.matmul(t["a"], t["b"]),
        ["broadcast_arithmetic"] = t => ((t["a"] + t["b"]) * t["c"]) - (t["a"] / t["b"]),
    };

    public static TheoryData<string> Names => new(s_ops.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Op_GoldenInputs_GivesPyTorchsValueAndGradients(string name)
    {
        using var scope = torch.NewDisposeScope();
        var inputs = new Inputs(name);

        var value = s_ops[name](inputs);
        (value * Inputs.Read(s_golden[$"{name}/upstream"])).sum().backward();

        var share = name.EndsWith("far_from_zero", StringComparison.Ordinal) ? FarFromZeroShare : Share;
        Assert.Equal(s_golden[$"{name}/out"].Shape, value.shape);
        s_golden[$"{name}/out"].AssertClose($"{name} value", value.data<float>().ToArray(), share);
        foreach (var (input, gradient) in inputs.Gradients())
        {
            s_golden[$"{name}/grad.{input}"].AssertClose($"{name} gradient of {input}", gradient.data<float>().ToArray(), share);
        }
    }

    [Fact]
    public void Table_GoldenCases_AllHaveARow() =>
        Assert.Equal(s_golden.Names.Select(key => key.Split('/')[0]).Distinct().Order(), s_ops.Keys.Order());

    // TorchSharp has no functional form, so the table is the layer's own parameter.
    private static Tensor Embed(Inputs inputs)
    {
        var layer = torch.nn.Embedding(10, 4);
        using (torch.no_grad())
        {
            layer.weight!.copy_(inputs["w"]);
        }

        inputs["w"] = layer.weight!;
        return layer.call(inputs["index"]);
    }

    /// <summary>The inputs of one case; those with a golden gradient require one.</summary>
    private sealed class Inputs
    {
        private readonly string _case;
        private readonly Dictionary<string, Tensor> _tensors = [];

        public Inputs(string @case)
        {
            _case = @case;
            var prefix = $"{@case}/in.";
            foreach (var key in s_golden.Names.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
            {
                var input = key[prefix.Length..];
                _tensors[input] = Read(s_golden[key]).requires_grad_(HasGradient(input));
            }
        }

        public Tensor this[string input]
        {
            get => _tensors[input];
            set => _tensors[input] = value;
        }

        public IEnumerable<(string Input, Tensor Gradient)> Gradients() =>
            from pair in _tensors where HasGradient(pair.Key) select (pair.Key, pair.Value.grad!);

        public static Tensor Read(GoldenTensor golden) =>
            golden.Longs.Length > 0 ? torch.tensor(golden.Longs, golden.Shape) : torch.tensor(golden.Floats, golden.Shape);

        private bool HasGradient(string input) => s_golden.Names.Contains($"{_case}/grad.{input}");
    }
}
