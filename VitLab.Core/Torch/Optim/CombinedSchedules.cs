namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static partial class lr_scheduler
            {
                // Schedules made of others, or of what happens.
                public static partial class impl
                {
                    /// <summary>One schedule after another, changing at the milestones.</summary>
                    public sealed class SequentialLR : LRScheduler
                    {
                        private readonly LRScheduler[] _schedulers;
                        private readonly int[] _milestones;

                        internal SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch)
                            : base(optimizer, last_epoch + 1)
                        {
                            (_schedulers, _milestones) = ([.. schedulers], [.. milestones]);
                            if (_schedulers.Any(scheduler => !ReferenceEquals(scheduler.Optimizer, optimizer)))
                                throw new ArgumentException("The SequentialLR scheduler expects all its sub-schedulers to be bound to the same optimizer.");
                            if (_milestones.Length != _schedulers.Length - 1)
                                throw new ArgumentException($"Received {_schedulers.Length} schedulers and {_milestones.Length} milestones. The SequentialLR scheduler expects the number of schedulers to be one more than the number of milestones.");
                            // Each schedule took its first step when it was made; only the first one's counts.
                            foreach (var group in Groups)
                                group.LearningRate = group.InitialLearningRate;
                            foreach (var scheduler in _schedulers)
                                scheduler.Epoch--;
                            _schedulers[0].step();
                            RememberRates();
                        }

                        public override void step(int? epoch)
                        {
                            Epoch = epoch ?? Epoch + 1;
                            var current = _milestones.Count(milestone => milestone <= Epoch);
                            if (current > 0 && _milestones[current - 1] == Epoch)
                                _schedulers[current].step(0);
                            else
                                _schedulers[current].step();
                            RememberRates();
                        }

                        internal override double Next(double rate, double initial, int group) => rate;
                    }

                    /// <summary>Several schedules at once: their factors multiply.</summary>
                    public sealed class ChainedLR : LRScheduler
                    {
                        private readonly LRScheduler[] _schedulers;

                        internal ChainedLR(IEnumerable<LRScheduler> schedulers) => _schedulers = [.. schedulers];

                        public override void step(int? epoch)
                        {
                            foreach (var scheduler in _schedulers)
                                scheduler.step();
                        }

                        internal override double Next(double rate, double initial, int group) => rate;
                    }

                    /// <summary>Up to max_lr and down again, both along cosines (or lines), the momentum the other way round.</summary>
                    public sealed class OneCycleLR : LRScheduler
                    {
                        private readonly double _max;
                        private readonly double _start;
                        private readonly double _end;
                        private readonly int _total;
                        private readonly double _peakAt;
                        private readonly bool _isLinear;
                        private readonly (double Low, double High)? _momentum;

                        internal OneCycleLR(Optimizer optimizer, double max_lr, int total_steps, double pct_start, AnnealStrategy anneal_strategy, (double Low, double High)? momentum, double div_factor, double final_div_factor, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            if (total_steps <= 0)
                                throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                            (_max, _total, _isLinear, _momentum) = (max_lr, total_steps, anneal_strategy == AnnealStrategy.Linear, momentum);
                            (_start, _end) = (max_lr / div_factor, max_lr / div_factor / final_div_factor);
                            _peakAt = pct_start * total_steps - 1;
                            foreach (var group in Groups)
                                group.InitialLearningRate = _start;
                            step();
                        }

                        /// <summary>Shape of both slopes.</summary>
                        public enum AnnealStrategy
                        {
                            Cos,
                            Linear,
                        }

                        internal override double Next(double rate, double initial, int group)
                        {
                            if (Epoch > _total)
                                throw new InvalidOperationException($"Tried to step {Epoch + 1} times. The specified number of total steps is {_total}");
                            var isRising = Epoch <= _peakAt;
                            var share = isRising ? Epoch / _peakAt : (Epoch - _peakAt) / (_total - 1 - _peakAt);
                            if (_momentum is { } momentum && Groups[group] is Modules.ParamGroup { Options: var options })
                                options.Momentum = isRising ? Between(momentum.High, momentum.Low, share) : Between(momentum.Low, momentum.High, share);
                            return isRising ? Between(_start, _max, share) : Between(_max, _end, share);
                        }

                        private double Between(double from, double to, double share) =>
                            _isLinear ? from + (to - from) * share : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
                    }

                    /// <summary>Times factor when a metric has not improved for patience steps.</summary>
                    public sealed class ReduceLROnPlateau : LRScheduler
                    {
                        private readonly bool _isMinimum;
                        private readonly bool _isRelative;
                        private readonly double _factor;
                        private readonly int _patience;
                        private readonly double _threshold;
                        private readonly int _cooldown;
                        private readonly IList<double> _minimum;
                        private readonly double _eps;
                        private double _best;
                        private int _bad;
                        private int _cooling;

                        internal ReduceLROnPlateau(Optimizer optimizer, string mode, double factor, int patience, double threshold, string threshold_mode, int cooldown, IList<double>? min_lr, double eps)
                            : base(optimizer, 0)
                        {
                            if (factor >= 1)
                                throw new ArgumentException("Factor should be < 1.0.");
                            if (mode is not ("min" or "max") || threshold_mode is not ("rel" or "abs"))
                                throw new ArgumentException($"Invalid mode '{mode}' (min or max) or threshold_mode '{threshold_mode}' (rel or abs)");
                            (_isMinimum, _isRelative, _factor, _patience, _threshold, _cooldown, _eps) = (mode == "min", threshold_mode == "rel", factor, patience, threshold, cooldown, eps);
                            _minimum = min_lr ?? new double[Groups.Length];
                            _best = _isMinimum ? double.PositiveInfinity : double.NegativeInfinity;
                        }

                        public override void step(int? epoch) => throw new InvalidOperationException("step() should not be used with the ReduceLROnPlateau scheduler: pass the metric");

                        public override void step(double current, int? epoch = null)
                        {
                            Epoch = epoch ?? Epoch + 1;
                            _bad = IsBetter(current) ? 0 : _bad + 1;
                            if (_bad == 0)
                                _best = current;
                            if (_cooling > 0)
                                (_cooling, _bad) = (_cooling - 1, 0);
                            if (_bad <= _patience)
                                return;
                            for (var i = 0; i < Groups.Length; i++)
                            {
                                var rate = Math.Max(Groups[i].LearningRate * _factor, _minimum[i]);
                                if (Groups[i].LearningRate - rate > _eps)
                                    Groups[i].LearningRate = rate;
                            }
                            (_cooling, _bad) = (_cooldown, 0);
                            RememberRates();
                        }

                        internal override double Next(double rate, double initial, int group) => rate;

                        private bool IsBetter(double value)
                        {
                            var margin = _isRelative ? Math.Abs(_best) * _threshold : _threshold;
                            if (double.IsInfinity(_best))
                                return true;
                            return _isMinimum ? value < _best - margin : value > _best + margin;
                        }
                    }
                }

                public static LRScheduler SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1) =>
                    new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);

                public static LRScheduler ChainedLR(IEnumerable<LRScheduler> schedulers) => new impl.ChainedLR(schedulers);

                /// <param name="total_steps">Or <paramref name="epochs"/> and <paramref name="steps_per_epoch"/>.</param>
                public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3,
                    impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                    double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                {
                    if (three_phase)
                        throw new NotSupportedException("OneCycleLR: this engine has two phases.");
                    var momentum = cycle_momentum ? (base_momentum, max_momentum) : default((double, double)?);
                    return new impl.OneCycleLR(optimizer, max_lr, total_steps > 0 ? total_steps : epochs > 0 ? epochs * steps_per_epoch : -1, pct_start, anneal_strategy, momentum, div_factor, final_div_factor, last_epoch);
                }

                public static LRScheduler ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10, double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                    new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps);
            }
        }
    }
}
