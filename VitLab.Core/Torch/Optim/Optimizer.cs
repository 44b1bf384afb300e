namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Changes parameters by their gradients. Build it outside any dispose scope of a step.</summary>
            public abstract class Optimizer : IDisposable
            {
                private protected Optimizer()
                {
                }

                /// <summary>The options and state of an optimizer: live objects, in the order of groups and parameters.</summary>
                public sealed class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    public List<Modules.OptimizerOptions> Options { get; } = [];

                    public List<Modules.OptimizerState> State { get; } = [];

                    /// <summary>For each group, where its parameters' states are in <see cref="State"/>.</summary>
                    public List<List<int>> StateIndexRef { get; } = [];
                }

                /// <summary>Groups of parameters with options of their own.</summary>
                public abstract IEnumerable<ILearningRateController> ParamGroups { get; }

                /// <summary>Sets all gradients to 0.</summary>
                public abstract void zero_grad();

                /// <summary>One update of every parameter that has a gradient.</summary>
                /// <param name="closure">Evaluates the loss anew, for optimizers that want it.</param>
                /// <returns>What the closure returned, or null.</returns>
                public abstract Tensor? step(Func<Tensor>? closure = null);

                public abstract IEnumerable<Parameter> parameters();

                public abstract void add_param_group(Modules.ParamGroup param_group);

                public void Dispose()
                {
                    Dispose(disposing: true);
                    GC.SuppressFinalize(this);
                }

                protected abstract void Dispose(bool disposing);
            }

            /// <summary>Something whose learning rate a schedule sets.</summary>
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                /// <summary>What a schedule starts from.</summary>
                double InitialLearningRate { get; set; }
            }
        }
    }
}
