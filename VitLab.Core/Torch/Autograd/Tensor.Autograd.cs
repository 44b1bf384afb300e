using VitLab.Torch.Autograd;
using VitLab.Torch.Ops;
using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>Whether gradients are collected for this tensor.</summary>
            public bool requires_grad
            {
                get => Core.Variable is not null;
                set => requires_grad_(value);
            }

            /// <summary>
            /// d(loss)/d(tensor) after <see cref="backward()"/>; null before, and for results (only leaves keep theirs, or those asked to by
            /// <see cref="retain_grad"/>). Setting null lets it go.
            /// </summary>
            public Tensor? grad
            {
                get
                {
                    var core = Core;
                    return core.Variable is { Gradient: { } gradient } && (is_leaf || core.Variable.RetainsGradient) ? new Tensor(core.GradientWindow(gradient)) : null;
                }
                set
                {
                    var variable = Core.Variable;
                    if (value is null)
                    {
                        variable?.ClearGradient();
                        return;
                    }
                    if (variable is null)
                        throw new InvalidOperationException("Setting the grad of a tensor that does not require grad.");
                    if (!value.Core.Shape.Same(Core.Shape) || value.dtype != dtype)
                        throw new InvalidOperationException($"assigned grad has data of a different size: {value.Core.Shape} instead of {Core.Shape}");
                    variable.ClearGradient();
                    WriteGradient(value);
                }
            }

            /// <summary>Starts (or stops) collecting gradients for a leaf.</summary>
            public Tensor requires_grad_(bool requires_grad = true)
            {
                var core = Core;
                if (requires_grad == (core.Variable is not null))
                    return this;
                if (!requires_grad)
                {
                    if (!is_leaf)
                        throw new InvalidOperationException("you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().");
                    core.DropVariable();
                    return this;
                }
                if (core.Dtype != ScalarType.Float32)
                    throw new InvalidOperationException($"only Tensors of floating point dtype can require gradients; this one is {core.Dtype}");
                if (Layout.Overlaps(core.Shape, core.Strides))
                    throw new InvalidOperationException("an expanded tensor cannot require gradients of its own; clone() it first.");
                core.MakeVariable(Variable.New());
                return this;
            }

            public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

            internal Tensor WithGrad(bool requires_grad) => requires_grad ? requires_grad_() : this;

            /// <summary>Keeps the gradient of a result after backward.</summary>
            public void retain_grad()
            {
                if (Core.Variable is not { } variable)
                    throw new InvalidOperationException("can't retain_grad on Tensor that has requires_grad=False");
                variable.RetainsGradient = true;
            }

            /// <summary>The same memory without history: gradients stop here.</summary>
            public Tensor detach() => new(Core.Detached());

            public Tensor detach_()
            {
                if (Core.SharesVariable)
                    throw new InvalidOperationException("Can't detach views in-place. Use detach() instead");
                Core.DropVariable();
                return this;
            }

            /// <summary>Gradients of this one-element tensor with respect to every leaf it was made from, added to what is there.</summary>
            public void backward() => Backward(gradient: null, retainGraph: false);

            /// <param name="grad_tensors">Gradient of this tensor, in its shape; 1 for a one-element tensor when left out.</param>
            /// <param name="retain_graph">Keeps the graph for another pass.</param>
            public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
            {
                if (create_graph || inputs is not null)
                    throw new NotSupportedException("This engine has no second derivatives and no backward to chosen inputs.");
                Backward(grad_tensors is [var gradient, ..] ? gradient : null, retain_graph);
            }

            private void Backward(Tensor? gradient, bool retainGraph)
            {
                var variable = Core.Variable
                    ?? throw new InvalidOperationException("element 0 of tensors does not require grad and does not have a grad_fn");
                if (gradient is null && Core.Count != 1)
                    throw new InvalidOperationException($"grad can be implicitly created only for scalar outputs; this tensor has shape {Core.Shape}");
                if (gradient is not null && !gradient.Core.Shape.Same(Core.Shape))
                    throw new InvalidOperationException($"Mismatch in shape: grad_output[0] has a shape of {gradient.Core.Shape} and output[0] has a shape of {Core.Shape}.");
                if (variable.IsGraphFreed)
                    BackwardPass.ThrowFreedGraph();
                if (gradient is null)
                {
                    var core = Core;
                    var seed = variable.WritableGradient(core.Data, core.Data.Length == sizeof(float), out var accumulate);
                    seed[(int)core.Offset] = accumulate ? seed[(int)core.Offset] + 1 : 1;
                }
                else
                {
                    WriteGradient(gradient);
                }
                BackwardPass.Current.Run(variable, retainGraph);
            }

            private void WriteGradient(Tensor gradient)
            {
                var (core, from) = (Core, gradient.Core);
                var coversAll = core.Count * sizeof(float) == core.Data.Length && Layout.IsDense(core.Shape, core.Strides);
                var into = core.Variable!.WritableGradient(core.Data, coversAll, out var accumulate);
                Strided.Write(core.Shape, from.FloatsFrom, from.Strides, into[(int)core.Offset..], core.Strides, accumulate);
            }
        }
    }
}
