using System.Numerics.Tensors;
using VitLab.Kernels;
using VitLab.Torch.Autograd;
using VitLab.Torch.Memory;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch.Modules
{
    /// <summary>Cross entropy between logits and class numbers.</summary>
    public sealed class CrossEntropyLoss : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
    {
        private readonly long _ignoreIndex;
        private readonly torch.nn.Reduction _reduction;

        internal CrossEntropyLoss(torch.Tensor? weight, long? ignore_index, torch.nn.Reduction reduction)
            : base(nameof(CrossEntropyLoss))
        {
            (_ignoreIndex, _reduction) = (ignore_index ?? -100, reduction);
            if (weight is not null)
                register_buffer("weight", weight);
        }

        public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) =>
            torch.nn.functional.cross_entropy(input, target, get_buffer("weight"), _ignoreIndex, _reduction);
    }
}

namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) => new(weight, ignore_index, reduction);

            public static partial class functional
            {
                /// <summary>-log softmax(x)[target], fused. Saves the probabilities.</summary>
                /// <param name="input">Logits (N, C), (N, C, d1, …) or (C).</param>
                /// <param name="target">Class numbers (N), (N, d1, …), or probabilities in the input's shape.</param>
                /// <param name="weight">(C); the mean is weighted by it too.</param>
                /// <param name="ignore_index">Targets of this value count for nothing.</param>
                /// <param name="label_smoothing">Share of each target spread evenly over all classes.</param>
                public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0)
                {
                    Check.Float("cross_entropy", input, weight);
                    if (label_smoothing is < 0 or > 1)
                        throw new ArgumentOutOfRangeException(nameof(label_smoothing), $"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing}");
                    if (target.dtype.IsFloating())
                        return SoftCrossEntropy(input, target, weight, reduction, label_smoothing);
                    var classesAt = input.Core.Shape.Rank == 1 ? 0 : 1;
                    CheckTargets(input, target, classesAt);
                    var logits = (input.Core.Shape.Rank > 2 ? input.ClassesLast() : input).Contiguous();
                    var labels = target.Contiguous();
                    var classes = (int)logits.size(-1);
                    var rows = (int)(logits.Core.Count / classes);
                    CheckClasses(labels, classes, ignore_index);
                    var losses = Tensor.New(labels.Core.Shape);
                    var probabilities = DataBuffer.Rent(logits.Core.Count * sizeof(float));
                    CrossEntropyKernel.Forward(logits.Core.Floats, labels.Core.Span<long>(), weight is null ? default : weight.Core.Floats, probabilities.AsSpan<float>(), losses.Core.Floats,
                        rows, classes, ignore_index, (float)label_smoothing);
                    var divisor = reduction == Reduction.Mean ? TotalWeight(labels, weight, ignore_index) : 1;
                    var result = losses;
                    if (reduction != Reduction.None)
                    {
                        result = Tensor.New(default);
                        result.Core.Floats[0] = (float)(TensorPrimitives.Sum<float>(losses.Core.Floats) / divisor);
                    }
                    if (GradNode.IsWanted(logits))
                    {
                        var node = weight is null ? GradNode.Record(result, CrossEntropyBackward, logits) : GradNode.Record(result, CrossEntropyBackward, logits, weight);
                        node.Save(0, probabilities);
                        node.Save(1, labels.Core.Data);
                        (node.A, node.B, node.I, node.J) = (divisor, label_smoothing, labels.Core.Offset, ignore_index);
                    }
                    probabilities.Release();
                    if (!ReferenceEquals(result, losses))
                        losses.Dispose();
                    return result;
                }

                private static void CrossEntropyBackward(GradNode node)
                {
                    var logits = node.Input(0);
                    var classes = (int)logits.Shape[logits.Shape.Last];
                    var rows = (int)(logits.Count / classes);
                    var dx = node.GradientOf(0, out var accumulate);
                    var dlosses = node.Gradient;
                    DataBuffer? spread = null;
                    if (node.OutputShape.Rank == 0)
                    {
                        spread = DataBuffer.Rent(rows * sizeof(float));
                        spread.AsSpan<float>().Fill((float)(dlosses[0] / node.A));
                        dlosses = spread.AsSpan<float>();
                    }
                    CrossEntropyKernel.Backward(node.Saved(0), node.Saved<long>(1).Slice((int)node.I, rows), node.InputCount > 1 ? node.Data(1) : default, dlosses, dx,
                        rows, classes, node.J, (float)node.B, accumulate);
                    spread?.Release();
                }

                private static Tensor SoftCrossEntropy(Tensor input, Tensor target, Tensor? weight, Reduction reduction, double smoothing)
                {
                    CheckSame("cross_entropy", input, target);
                    var at = input.Core.Shape.Rank == 1 ? 0 : 1;
                    var classes = input.size(at);
                    var soft = smoothing == 0 ? target : target * (1 - smoothing) + smoothing / classes;
                    var products = soft * log_softmax(input, at);
                    if (weight is not null)
                        products *= weight.reshape([classes, .. Enumerable.Repeat(1L, Math.Max(input.Core.Shape.Rank - 2, 0))]);
                    var losses = -products.sum(at);
                    return reduction == Reduction.Mean ? losses.sum() / (input.numel() / (double)classes) : Reduce(losses, reduction);
                }

                private static double TotalWeight(Tensor labels, Tensor? weight, long ignoreIndex)
                {
                    var total = 0.0;
                    foreach (var label in labels.Core.Span<long>())
                        if (label != ignoreIndex)
                            total += weight is null ? 1 : weight.Core.Floats[(int)label];
                    return total;
                }

                private static void CheckTargets(Tensor input, Tensor target, int classesAt)
                {
                    Check.Index("cross_entropy", target);
                    var expected = input.Core.Shape;
                    expected.RemoveAt(classesAt);
                    if (!target.Core.Shape.Same(expected))
                        throw new ArgumentException($"Expected input batch_size and target batch_size to match: cross_entropy got input {input.Core.Shape} and target {target.Core.Shape}, but the target should have shape {expected}");
                }

                private static void CheckClasses(Tensor labels, int classes, long ignoreIndex)
                {
                    foreach (var label in labels.Core.Span<long>())
                        if (label != ignoreIndex && (label < 0 || label >= classes))
                            throw new ArgumentOutOfRangeException(nameof(labels), $"Target {label} is out of bounds: there are {classes} classes.");
                }
            }
        }

        public partial class Tensor
        {
            /// <summary>(N, C, d1, …) as (N, d1, …, C).</summary>
            internal Tensor ClassesLast()
            {
                var (shape, strides) = (Core.Shape, Core.Strides);
                shape.RemoveAt(1);
                strides.RemoveAt(1);
                shape.Add(Core.Shape[1]);
                strides.Add(Core.Strides[1]);
                return new Tensor(Core.View(shape, strides, Core.Offset));
            }
        }
    }
}
