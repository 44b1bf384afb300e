namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static partial class lr_scheduler
            {
                /// <summary>Sets the learning rates of an optimizer's groups, once per <see cref="step()"/> (an epoch or a batch, as you like).</summary>
                public abstract class LRScheduler
                {
                    private readonly ILearningRateController[] _groups;
                    private readonly double[] _initial;
                    private readonly double[] _last;

                    internal LRScheduler()
                    {
                        (_groups, _initial, _last) = ([], [], []);
                        Optimizer = null!;
                    }

                    internal LRScheduler(Optimizer optimizer, int last_epoch)
                    {
                        ArgumentNullException.ThrowIfNull(optimizer);
                        Optimizer = optimizer;
                        Epoch = last_epoch;
                        _groups = [.. optimizer.ParamGroups];
                        _initial = [.. _groups.Select(group => group.InitialLearningRate)];
                        _last = [.. _groups.Select(group => group.LearningRate)];
                    }

                    internal Optimizer Optimizer { get; }

                    /// <summary>Steps taken; 0 after construction.</summary>
                    internal int Epoch { get; set; }

                    private protected ReadOnlySpan<ILearningRateController> Groups => _groups;

                    public virtual void step() => step(null);

                    /// <param name="epoch">Jumps there instead of one further.</param>
                    public virtual void step(int? epoch)
                    {
                        Epoch = epoch ?? Epoch + 1;
                        for (var i = 0; i < _groups.Length; i++)
                            _groups[i].LearningRate = epoch is null ? Next(_groups[i].LearningRate, _initial[i], i) : At(_groups[i].LearningRate, _initial[i], i);
                        RememberRates();
                    }

                    /// <param name="current">A metric, for schedules that watch one.</param>
                    public virtual void step(double current, int? epoch = null) => step(epoch);

                    public IEnumerable<double> get_last_lr() => _last;

                    /// <summary>The rate at <see cref="Epoch"/>, from the one before it, so that schedules can be chained.</summary>
                    internal abstract double Next(double rate, double initial, int group);

                    /// <summary>The rate at <see cref="Epoch"/>, from the initial one.</summary>
                    internal virtual double At(double rate, double initial, int group) => Next(rate, initial, group);

                    private protected void RememberRates()
                    {
                        for (var i = 0; i < _groups.Length; i++)
                            _last[i] = _groups[i].LearningRate;
                    }
                }
            }
        }
    }
}
