using static VitLab.Torch.torch;
using static VitLab.Torch.torch.nn;

namespace VitLab.Tests.Torch;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Arithmetic() =>
    [
        new("add", [[2, 3], [2, 3]], x => x[0] + x[1], x => x[0] + x[1]),
        new("add one row", [[4, 2, 3], [3]], x => x[0] + x[1], x => x[0] + x[1]),
        new("add both broadcast", [[2, 1, 3], [4, 1]], x => x[0] + x[1], x => x[0] + x[1]),
        new("add token table", [[3, 5, 4], [5, 4]], x => x[0] + x[1], x => x[0] + x[1]),
        new("add itself", [[3, 4]], x => x[0] + x[0], x => x[0] + x[0]),
        new("add scalar tensor", [[3, 4], []], x => x[0] + x[1], x => x[0] + x[1]),
        new("add number", [[5]], x => x[0] + 3, x => x[0] + 3),
        new("add scaled", [[2, 3], [2, 3]], x => x[0].add(x[1], 0.5), x => x[0] + x[1] * 0.5),
        new("subtract", [[2, 3], [2, 1]], x => x[0] - x[1], x => x[0] - x[1]),
        new("subtract from number", [[5]], x => 1 - x[0], x => (Nd)1 - x[0]),
        new("multiply", [[2, 3], [2, 3]], x => x[0] * x[1], x => x[0] * x[1]),
        new("multiply per sample", [[3, 4, 5], [3, 1, 1]], x => x[0] * x[1], x => x[0] * x[1]),
        new("multiply itself", [[7]], x => x[0] * x[0], x => x[0] * x[0]),
        new("multiply number", [[2, 3]], x => 2.5 * x[0], x => x[0] * 2.5),
        new("multiply long rows", [[2, 1500], [1500]], x => x[0] * x[1], x => x[0] * x[1]) { Tolerance = 5e-5 },
        new("divide", [[2, 3], [3]], x => x[0] / x[1], x => x[0] / x[1]) { Low = 0.5 },
        new("divide by number", [[2, 3]], x => x[0] / 4, x => x[0] / 4),
        new("divide cut off", [[9]], x => x[0].div(0.25, RoundingMode.trunc), x => x[0].Map(v => Math.Truncate(v / 0.25))) { HasGradient = false },
        new("divide downwards", [[9]], x => x[0].div(0.25, RoundingMode.floor), x => x[0].Map(v => Math.Floor(v / 0.25))) { HasGradient = false },
        new("divide number", [[6]], x => 3 / x[0], x => (Nd)3 / x[0]) { Low = 0.5 },
        new("power of tensor", [[2, 3], [2, 3]], x => x[0].pow(x[1]), x => Nd.Zip(x[0], x[1], Math.Pow)) { Low = 0.4 },
        new("power 3", [[6]], x => x[0].pow(3), x => x[0].Map(v => v * v * v)),
        new("square", [[6]], x => x[0].square(), x => x[0].Map(v => v * v)),
        new("maximum", [[2, 4], [4]], x => x[0].maximum(x[1]), x => Nd.Zip(x[0], x[1], Math.Max)),
        new("minimum", [[2, 4], [2, 4]], x => x[0].minimum(x[1]), x => Nd.Zip(x[0], x[1], Math.Min)),
        new("negate", [[2, 3]], x => -x[0], x => x[0] * -1),
    ];

    private static IEnumerable<OpCase> Functions() =>
    [
        new("exp", [[2, 3]], x => x[0].exp(), x => x[0].Map(Math.Exp)),
        new("log", [[2, 3]], x => x[0].log(), x => x[0].Map(Math.Log)) { Low = 0.3 },
        new("log1p", [[9]], x => x[0].log1p(), x => x[0].Map(v => Math.Log(1 + v))) { Low = -0.5 },
        new("sqrt", [[2, 3]], x => x[0].sqrt(), x => x[0].Map(Math.Sqrt)) { Low = 0.3 },
        new("rsqrt", [[2, 3]], x => x[0].rsqrt(), x => x[0].Map(v => 1 / Math.Sqrt(v))) { Low = 0.3 },
        new("reciprocal", [[5]], x => x[0].reciprocal(), x => x[0].Map(v => 1 / v)) { Low = 0.5 },
        new("abs", [[3, 5]], x => x[0].abs(), x => x[0].Map(Math.Abs)),
        new("tanh", [[3, 5]], x => x[0].tanh(), x => x[0].Map(Math.Tanh)),
        new("sigmoid", [[3, 5]], x => x[0].sigmoid(), x => x[0].Map(Sigmoid)),
        new("sin", [[7]], x => x[0].sin(), x => x[0].Map(Math.Sin)),
        new("cos", [[7]], x => x[0].cos(), x => x[0].Map(Math.Cos)),
        new("silu", [[7]], x => functional.silu(x[0]), x => x[0].Map(v => v * Sigmoid(v))),
        new("relu", [[3, 7]], x => functional.relu(x[0]), x => x[0].Map(v => Math.Max(v, 0))),
        new("gelu", [[3, 7]], x => functional.gelu(x[0]), x => x[0].Map(v => v * NormalCdf(v))) { Low = -3, High = 3 },
        new("gelu tanh", [[3, 7]], x => functional.gelu(x[0], VitLab.Torch.Modules.GELU.Approximate.tanh), x => x[0].Map(v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))))) { Low = -3, High = 3 },
        new("clamp", [[4, 5]], x => x[0].clamp(-0.7, 0.9), x => x[0].Map(v => Math.Clamp(v, -0.7, 0.9))),
        new("floor", [[9]], x => x[0].floor(), x => x[0].Map(Math.Floor)) { HasGradient = false },
        new("round to decimals", [[9]], x => x[0].round(2), x => x[0].Map(v => Math.Round(v, 2))) { HasGradient = false },
        new("round", [[9]], x => x[0].round(), x => x[0].Map(Math.Round)) { HasGradient = false },
        new("sign", [[9]], x => x[0].sign(), x => x[0].Map(v => Math.Sign(v))) { HasGradient = false },
        new("softmax", [[2, 4, 5]], x => functional.softmax(x[0], -1), x => x[0].Softmax(-1)),
        new("softmax of attention size", [[1, 2, 9, 9]], x => functional.softmax(x[0], -1), x => x[0].Softmax(-1)),
        new("softmax along the middle", [[2, 4, 3]], x => x[0].softmax(1), x => x[0].Softmax(1)),
        new("log_softmax", [[3, 6]], x => functional.log_softmax(x[0], 1), x => x[0].Softmax(1).Map(Math.Log)),
        new("dropout off", [[3, 4]], x => functional.dropout(x[0], 0.5, training: false), x => x[0]),
    ];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // Φ by the series around 0, good to double precision for |x| up to 4.
    private static double NormalCdf(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 1; n < 100; n++)
        {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
