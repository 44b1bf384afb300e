using VitLab.Torch.Tensors;

namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>
        /// A counter-based stream of random numbers: the state is (seed, how many were drawn), so it can be saved, restored and skipped.
        /// Each thread has its own default, so that a prediction never disturbs a run.
        /// </summary>
        public sealed class Generator : IDisposable
        {
            private const ulong DefaultSeed = 67280421310721;      // PyTorch's

            [ThreadStatic]
            private static Generator? s_default;

            private ulong _seed;
            private ulong _drawn;

            public Generator(ulong seed = 0, Device? device = null) => _seed = seed;

            /// <summary>This thread's stream.</summary>
            public static Generator Default => s_default ??= new Generator(DefaultSeed);

            public Device device => CPU;

            public Generator manual_seed(long seed)
            {
                _seed = (ulong)seed;
                _drawn = 0;
                return this;
            }

            public long initial_seed() => (long)_seed;

            /// <summary>Reseeds from the operating system's randomness and returns the new seed.</summary>
            public long seed()
            {
                manual_seed(System.Random.Shared.NextInt64());
                return initial_seed();
            }

            /// <summary>The state as bytes, for <see cref="set_state"/>.</summary>
            public Tensor get_state()
            {
                var state = Tensor.New(new Dims([16]), ScalarType.Byte);
                BitConverter.TryWriteBytes(state.Core.Span<byte>(), _seed);
                BitConverter.TryWriteBytes(state.Core.Span<byte>()[8..], _drawn);
                return state;
            }

            public void set_state(Tensor value)
            {
                if (value.dtype != ScalarType.Byte || value.numel() != 16)
                    throw new ArgumentException($"RNG state must be a Byte tensor of 16 elements, as get_state returns it, not {value}.", nameof(value));
                _seed = BitConverter.ToUInt64(value.Core.Span<byte>());
                _drawn = BitConverter.ToUInt64(value.Core.Span<byte>()[8..]);
            }

            public void Dispose()
            {
            }

            internal static Generator Of(Generator? generator) => generator ?? Default;

            /// <summary>Reserves the next <paramref name="count"/> numbers of the stream.</summary>
            internal (ulong Seed, ulong Offset) Draw(long count)
            {
                var offset = _drawn;
                _drawn += (ulong)count;
                return (_seed, offset);
            }

            /// <summary>A seed for an op that makes its own numbers (dropout).</summary>
            internal ulong DrawSeed()
            {
                var (seed, offset) = Draw(1);
                return Mix(seed + 0x9E3779B97F4A7C15 * (offset + 1));
            }

            // The finaliser of splitmix64.
            private static ulong Mix(ulong z)
            {
                z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
                z = (z ^ z >> 27) * 0x94D049BB133111EB;
                return z ^ z >> 31;
            }
        }

        /// <summary>Reseeds this thread's stream: what follows is the same again.</summary>
        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }
}
