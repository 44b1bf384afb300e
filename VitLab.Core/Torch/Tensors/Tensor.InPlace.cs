using System.Numerics.Tensors;
using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        // Ops that change the tensor itself. On results inside a graph the handle moves on to the new value, as autograd needs it.
        public partial class Tensor
        {
            public Tensor fill_(Scalar value)
            {
                WritableInPlace("fill_");
                Fill(value);
                return this;
            }

            public Tensor zero_() => fill_(0);

            /// <summary>Overwrites with another tensor's elements, broadcast and converted.</summary>
            public Tensor copy_(Tensor source, bool nonBlocking = false)
            {
                if (GradMode.Enabled && source.requires_grad)
                    return Rebind("copy_", source.Expand(Core.Shape).clone());
                var to = WritableInPlace("copy_");
                var from = source.dtype == dtype ? source.Core : source.Convert(dtype).Core;
                var strides = Layout.Expand(from.Shape, from.Strides, to.Shape);
                switch (dtype.Size())
                {
                    case 1: CopyInto<byte>(from, strides, to); break;
                    case 4: CopyInto<float>(from, strides, to); break;
                    default: CopyInto<long>(from, strides, to); break;
                }
                return this;
            }

            public Tensor add_(Tensor target) => add_(target, 1);

            /// <summary>this += alpha · target.</summary>
            public Tensor add_(Tensor target, Scalar alpha)
            {
                if (IsRecorded(target))
                    return Rebind("add_", add(target, alpha));
                var to = WritableInPlace("add_");
                if (dtype != ScalarType.Float32)
                    return copy_(add(target, alpha));
                var from = target.dtype == dtype ? target.Core : target.Convert(dtype).Core;
                var strides = Layout.Expand(from.Shape, from.Strides, to.Shape);
                var scale = alpha.Single;
                var rows = new StridedRows(to.Shape, strides, to.Strides);
                ReadOnlySpan<float> source = from.FloatsFrom;
                var into = to.FloatsFrom;
                while (rows.MoveNext())
                {
                    if (scale != 1 && rows is { StrideA: 1, StrideB: 1 })
                        TensorPrimitives.MultiplyAdd(source.Slice(rows.A, rows.Length), scale, into.Slice(rows.B, rows.Length), into[rows.B..]);
                    else if (scale == 1)
                        Strided.AddRow(source[rows.A..], rows.StrideA, into[rows.B..], rows.StrideB, rows.Length);
                    else
                        for (var i = 0; i < rows.Length; i++)
                            into[rows.B + i * rows.StrideB] += scale * source[rows.A + i * rows.StrideA];
                }
                return this;
            }

            public Tensor add_(Scalar scalar) => InPlace("add_", add(scalar));

            public Tensor sub_(Tensor target) => add_(target, -1);

            public Tensor sub_(Scalar target) => InPlace("sub_", sub(target));

            public Tensor mul_(Tensor target) => IsRecorded(target) ? Rebind("mul_", mul(target)) : InPlace("mul_", mul(target));

            public Tensor mul_(Scalar target)
            {
                if (IsRecorded() || dtype != ScalarType.Float32 || !Core.IsContiguous)
                    return InPlace("mul_", mul(target));
                var values = WritableInPlace("mul_").Floats;
                TensorPrimitives.Multiply(values, target.Single, values);
                return this;
            }

            public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
                IsRecorded(target) ? Rebind("div_", div(target, rounding_mode)) : InPlace("div_", div(target, rounding_mode));

            public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => InPlace("div_", div(target, rounding_mode));

            /// <summary>this += value · tensor1 · tensor2.</summary>
            public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => add_(tensor1.mul(tensor2), value);

            /// <summary>this += value · tensor1 / tensor2.</summary>
            public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => add_(tensor1.div(tensor2), value);

            /// <summary>this += weight · (end - this).</summary>
            public Tensor lerp_(Tensor end, Tensor weight) => InPlace("lerp_", lerp(end, weight));

            public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace("clamp_", clamp(min, max));

            public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace("masked_fill_", masked_fill(mask, value));

            public Tensor relu_() => InPlace("relu_", relu());

            public Tensor sqrt_() => InPlace("sqrt_", sqrt());

            public Tensor neg_() => InPlace("neg_", neg());

            /// <summary>Checks that the tensor may be written, and counts the write.</summary>
            internal TensorCore WritableInPlace(string name)
            {
                var core = Core;
                if (GradMode.Enabled && core.Variable is { } variable)
                    throw new InvalidOperationException(variable.IsLeaf
                        ? core.SharesVariable ? "a view of a leaf Variable that requires grad is being used in an in-place operation." : "a leaf Variable that requires grad is being used in an in-place operation."
                        : $"{name} would overwrite a value in the middle of a graph; do it under no_grad, or use the form that returns a new tensor.");
                if (Layout.Overlaps(core.Shape, core.Strides))
                    throw new InvalidOperationException("unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.");
                core.Data.Version++;
                return core;
            }

            internal void Fill(Scalar value)
            {
                switch (dtype)
                {
                    case ScalarType.Float32: FillInto(Core, value.Single); break;
                    case ScalarType.Float64: FillInto(Core, value.Double); break;
                    case ScalarType.Int64: FillInto(Core, value.Int64); break;
                    case ScalarType.Int32: FillInto(Core, (int)value.Int64); break;
                    case ScalarType.Bool: FillInto(Core, value.Double != 0); break;
                    default: FillInto(Core, (byte)value.Int64); break;
                }
            }

            /// <summary>Makes this handle stand for a new value of its place in the graph (no grad mode: writes it into the memory).</summary>
            internal Tensor InPlace(string name, Tensor value) => IsRecorded(value) ? Rebind(name, value) : CopyAndDrop(value);

            /// <summary>As <see cref="InPlace"/> for layers with an inplace flag: of a view inside a graph, only the result is new.</summary>
            internal Tensor InPlaceOrNew(string name, Tensor value) => Core.IsView && IsRecorded(value) ? value : InPlace(name, value);

            private Tensor CopyAndDrop(Tensor value)
            {
                copy_(value);
                value.Dispose();
                return this;
            }

            private bool IsRecorded(Tensor? other = null) => GradNode.IsWanted(this, other);

            private Tensor Rebind(string name, Tensor value)
            {
                if (is_leaf && requires_grad)
                    throw new InvalidOperationException("a leaf Variable that requires grad is being used in an in-place operation.");
                if (Core.IsView)
                    throw new NotSupportedException($"{name} on a view inside a graph is not supported by this engine; use the form that returns a new tensor.");
                if (!value.Core.Shape.Same(Core.Shape))
                    throw new InvalidOperationException($"output with shape {Core.Shape} doesn't match the broadcast shape {value.Core.Shape}");
                return TakeOver(value);
            }

            private static void CopyInto<T>(TensorCore from, in Dims strides, TensorCore to) where T : unmanaged =>
                Strided.Copy<T>(to.Shape, from.Data.AsSpan<T>()[(int)from.Offset..], strides, to.Data.AsSpan<T>()[(int)to.Offset..], to.Strides);

            private static void FillInto<T>(TensorCore core, T value) where T : unmanaged =>
                Strided.Copy<T>(core.Shape, [value], Layout.Expand(default, default, core.Shape), core.Data.AsSpan<T>()[(int)core.Offset..], core.Strides);
        }
    }
}
