namespace VitLab.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static partial class lr_scheduler
            {
                /// <summary>The schedules behind the factory methods.</summary>
                public static partial class impl
                {
                    /// <summary>initial · f(epoch).</summary>
                    public sealed class LambdaLR : LRScheduler
                    {
                        private readonly Func<int, double> _factor;

                        internal LambdaLR(Optimizer optimizer, Func<int, double> factor, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            _factor = factor;
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) => initial * _factor(Epoch);
                    }

                    /// <summary>rate · f(epoch).</summary>
                    public sealed class MultiplicativeLR : LRScheduler
                    {
                        private readonly Func<int, double> _factor;

                        internal MultiplicativeLR(Optimizer optimizer, Func<int, double> factor, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            _factor = factor;
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) => Epoch > 0 ? rate * _factor(Epoch) : rate;
                    }

                    /// <summary>Times gamma at each milestone.</summary>
                    public sealed class MultiStepLR : LRScheduler
                    {
                        private readonly IList<int> _milestones;
                        private readonly double _gamma;

                        internal MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            (_milestones, _gamma) = (milestones, gamma);
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) => rate * Math.Pow(_gamma, _milestones.Count(milestone => milestone == Epoch));

                        internal override double At(double rate, double initial, int group) => initial * Math.Pow(_gamma, _milestones.Count(milestone => milestone <= Epoch));
                    }

                    /// <summary>Times gamma every step_size steps.</summary>
                    public sealed class StepLR : LRScheduler
                    {
                        private readonly int _stepSize;
                        private readonly double _gamma;

                        internal StepLR(Optimizer optimizer, int step_size, double gamma, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            (_stepSize, _gamma) = (step_size, gamma);
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) => Epoch == 0 || Epoch % _stepSize != 0 ? rate : rate * _gamma;

                        internal override double At(double rate, double initial, int group) => initial * Math.Pow(_gamma, Epoch / _stepSize);
                    }

                    /// <summary>Times gamma at every step.</summary>
                    public sealed class ExponentialLR : LRScheduler
                    {
                        private readonly double _gamma;

                        internal ExponentialLR(Optimizer optimizer, double gamma, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            _gamma = gamma;
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) => Epoch == 0 ? rate : rate * _gamma;

                        internal override double At(double rate, double initial, int group) => initial * Math.Pow(_gamma, Epoch);
                    }

                    /// <summary>Times factor for total_iters steps, then the initial rate.</summary>
                    public sealed class ConstantLR : LRScheduler
                    {
                        private readonly double _factor;
                        private readonly int _total;

                        internal ConstantLR(Optimizer optimizer, double factor, int total_iters, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            (_factor, _total) = (factor, total_iters);
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) => Epoch == 0 ? rate * _factor : Epoch == _total ? rate / _factor : rate;

                        internal override double At(double rate, double initial, int group) => initial * (Epoch < _total ? _factor : 1);
                    }

                    /// <summary>The factor moves in a line from start_factor to end_factor in total_iters steps.</summary>
                    public sealed class LinearLR : LRScheduler
                    {
                        private readonly double _start;
                        private readonly double _end;
                        private readonly int _total;

                        internal LinearLR(Optimizer optimizer, double start_factor, double end_factor, int total_iters, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            (_start, _end, _total) = (start_factor, end_factor, total_iters);
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) =>
                            Epoch == 0 ? rate * _start
                            : Epoch > _total ? rate
                            : rate * (1 + (_end - _start) / (_total * _start + (Epoch - 1) * (_end - _start)));

                        internal override double At(double rate, double initial, int group) => initial * (_start + (_end - _start) * Math.Min(_total, Epoch) / _total);
                    }

                    /// <summary>(1 - epoch / total)^power, then 0.</summary>
                    public sealed class PolynomialLR : LRScheduler
                    {
                        private readonly int _total;
                        private readonly double _power;

                        internal PolynomialLR(Optimizer optimizer, int total_iters, double power, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            (_total, _power) = (total_iters, power);
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) =>
                            Epoch == 0 || Epoch > _total ? rate : rate * Math.Pow((1 - (double)Epoch / _total) / (1 - (double)(Epoch - 1) / _total), _power);

                        internal override double At(double rate, double initial, int group) => initial * Math.Pow(1 - (double)Math.Min(_total, Epoch) / _total, _power);
                    }

                    /// <summary>Half a cosine from the initial rate to eta_min in T_max steps (and back up if stepped on).</summary>
                    public sealed class CosineAnnealingLR : LRScheduler
                    {
                        private readonly double _tMax;
                        private readonly double _etaMin;

                        internal CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min, int last_epoch)
                            : base(optimizer, last_epoch)
                        {
                            (_tMax, _etaMin) = (T_max, eta_min);
                            step();
                        }

                        internal override double Next(double rate, double initial, int group) =>
                            Epoch == 0 ? rate
                            : (Epoch - 1 - _tMax) % (2 * _tMax) == 0 ? rate + (initial - _etaMin) * (1 - Math.Cos(Math.PI / _tMax)) / 2
                            : (1 + Math.Cos(Math.PI * Epoch / _tMax)) / (1 + Math.Cos(Math.PI * (Epoch - 1) / _tMax)) * (rate - _etaMin) + _etaMin;

                        internal override double At(double rate, double initial, int group) => _etaMin + (initial - _etaMin) * (1 + Math.Cos(Math.PI * Epoch / _tMax)) / 2;
                    }
                }

                public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                    new impl.LambdaLR(optimizer, lr_lambda, last_epoch);

                public static LRScheduler MultiplicativeLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                    new impl.MultiplicativeLR(optimizer, lr_lambda, last_epoch);

                public static LRScheduler MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                    new impl.MultiStepLR(optimizer, milestones, gamma, last_epoch);

                public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                    new impl.StepLR(optimizer, step_size, gamma, last_epoch);

                public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                    new impl.ExponentialLR(optimizer, gamma, last_epoch);

                public static LRScheduler ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                    new impl.ConstantLR(optimizer, factor, total_iters, last_epoch);

                public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5, int last_epoch = -1, bool verbose = false) =>
                    new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch);

                public static LRScheduler PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false) =>
                    new impl.PolynomialLR(optimizer, total_iters, power, last_epoch);

                public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                    new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch);
            }
        }
    }
}
