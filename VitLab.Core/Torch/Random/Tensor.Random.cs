using VitLab.Kernels;

namespace VitLab.Torch
{
    public static partial class torch
    {
        public partial class Tensor
        {
            /// <summary>Fills with uniform numbers of [from, to).</summary>
            public Tensor uniform_(double from, double to, Generator? generator = null)
            {
                var values = RandomTarget("uniform_", generator, out var seed, out var offset);
                RandomKernel.Uniform(values, seed, offset);
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)(from + (to - from) * values[i]);
                return this;
            }

            /// <summary>Fills with normal numbers.</summary>
            public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null)
            {
                var values = RandomTarget("normal_", generator, out var seed, out var offset);
                RandomKernel.Normal(values, seed, offset);
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)(mean + std * values[i]);
                return this;
            }

            /// <summary>Fills with 1 at probability p, else 0.</summary>
            public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
            {
                if (p is < 0 or > 1)
                    throw new ArgumentOutOfRangeException(nameof(p), $"bernoulli_ expects p to be in [0, 1], but got p={p}");
                var values = RandomTarget("bernoulli_", generator, out var seed, out var offset);
                RandomKernel.Uniform(values, seed, offset);
                for (var i = 0; i < values.Length; i++)
                    values[i] = values[i] < p ? 1 : 0;
                return this;
            }

            /// <summary>1 with each element's own probability, else 0.</summary>
            public Tensor bernoulli(Generator? generator = null)
            {
                var draws = rand_like(this);
                if (generator is not null)
                    draws.uniform_(0, 1, generator);
                return draws.lt(this).to(dtype);
            }

            private Span<float> RandomTarget(string name, Generator? generator, out ulong seed, out ulong offset)
            {
                var core = WritableInPlace(name);
                if (core.Dtype != ScalarType.Float32 || !core.IsContiguous)
                    throw new NotSupportedException($"{name} fills contiguous Float32 tensors; this one is {this}.");
                (seed, offset) = Generator.Of(generator).Draw(core.Count);
                return core.Floats;
            }
        }

        /// <summary>1 with each element's own probability, else 0.</summary>
        public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

        /// <summary>Whole numbers of low … high - 1.</summary>
        public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
        {
            if (low >= high)
                throw new ArgumentException($"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}");
            using var draws = rand(size, generator: generator);
            var values = new long[draws.numel()];
            var uniform = draws.Core.Floats;
            for (var i = 0; i < values.Length; i++)
                values[i] = Math.Min(low + (long)(uniform[i] * (double)(high - low)), high - 1);
            return tensor(values, size, dtype, device, requires_grad);
        }

        public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
            randint(0, high, size, dtype, device, requires_grad, generator);

        /// <summary>The numbers 0 … n - 1 in random order.</summary>
        public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
        {
            using var draws = rand([n], generator: generator);
            var keys = draws.Core.Floats;
            var order = new long[n];
            for (var i = 0; i < n; i++)
            {
                var j = Math.Min((int)(keys[i] * (i + 1)), i);         // Fisher and Yates, inside out
                order[i] = order[j];
                order[j] = i;
            }
            return tensor(order, dtype, device, requires_grad);
        }
    }
}
