using VitLab.Torch.Ops;

namespace VitLab.Torch.Modules
{
    /// <summary>Mean squared difference.</summary>
    public sealed class MSELoss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean) : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>(nameof(MSELoss))
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.mse_loss(input, target, reduction);
    }

    /// <summary>Binary cross entropy of logits.</summary>
    public sealed class BCEWithLogitsLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean, torch.Tensor? pos_weights = null)
        : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>(nameof(BCEWithLogitsLoss))
    {
        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.binary_cross_entropy_with_logits(input, target, weight, reduction, pos_weights);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>What a loss does with its elements.</summary>
            public enum Reduction : long
            {
                None = 0,
                Mean = 1,
                Sum = 2,
            }

            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);

            public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) => new(weight, reduction, pos_weights);

            public static partial class functional
            {
                /// <summary>(input - target)².</summary>
                public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
                {
                    CheckSame("mse_loss", input, target);
                    return Reduce(input.sub(target).square(), reduction);
                }

                /// <summary>|input - target|.</summary>
                public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
                {
                    CheckSame("l1_loss", input, target);
                    return Reduce(input.sub(target).abs(), reduction);
                }

                /// <summary>½ d² / beta where |d| is below beta, |d| - ½ beta elsewhere; d = input - target.</summary>
                public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
                {
                    CheckSame("smooth_l1_loss", input, target);
                    var d = input.sub(target).abs();
                    return Reduce(where(d.lt(beta), d.square() * (0.5 / beta), d - 0.5 * beta), reduction);
                }

                /// <summary>-w (c t log σ(x) + (1 - t) log(1 - σ(x))) with c = pos_weights, from logits x without overflow.</summary>
                public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null)
                {
                    CheckSame("binary_cross_entropy_with_logits", input, target);
                    var softplus = input.abs().neg().exp().log1p() + input.neg().clamp_min(0);         // log(1 + exp(-x))
                    var scale = pos_weights is null ? null : (pos_weights - 1) * target + 1;
                    var loss = (1 - target) * input + (scale is null ? softplus : scale * softplus);
                    return Reduce(weight is null ? loss : loss * weight, reduction);
                }

                /// <summary>Indices as rows with a single 1. Int64 in, Int64 out.</summary>
                /// <param name="num_classes">-1 takes the largest index + 1.</param>
                public static Tensor one_hot(Tensor x, long num_classes = -1)
                {
                    Check.Index("one_hot", x);
                    var indices = x.Contiguous().Core.Span<long>();
                    var classes = num_classes;
                    foreach (var index in indices)
                    {
                        if (index < 0 || num_classes >= 0 && index >= num_classes)
                            throw new ArgumentOutOfRangeException(nameof(x), $"Class values must be in 0..{num_classes - 1}; found {index}.");
                        classes = num_classes >= 0 ? num_classes : Math.Max(classes, index + 1);
                    }
                    var shape = x.Core.Shape;
                    shape.Add(classes);
                    var y = Filled(shape.Values, 0, ScalarType.Int64, requires_grad: false);
                    var rows = y.Core.Span<long>();
                    for (var i = 0; i < indices.Length; i++)
                        rows[(int)(i * classes + indices[i])] = 1;
                    return y;
                }

                /// <summary>x / max(‖x‖, eps) along a dimension.</summary>
                public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12) =>
                    input / input.norm((int)dim, keepdim: true, (float)p).clamp_min(eps);

                private static Tensor Reduce(Tensor loss, Reduction reduction) => reduction switch
                {
                    Reduction.Mean => loss.mean(),
                    Reduction.Sum => loss.sum(),
                    _ => loss,
                };

                private static void CheckSame(string op, Tensor input, Tensor target)
                {
                    Check.Float(op, input, target);
                    if (!input.Core.Shape.Same(target.Core.Shape))
                        throw new ArgumentException($"{op}: target size {target.Core.Shape} must be the same as input size {input.Core.Shape}");
                }
            }
        }
    }
}
