using VitLab.Kernels;
using VitLab.Kernels.Simd;
using static VitLab.Tests.Kernels.KernelCheck;

namespace VitLab.Tests.Kernels;

[CollectionDefinition(nameof(WorkersTests), DisableParallelization = true)]
public class WorkersTestsCollection;

// Alone, because it changes the count that the whole process uses.
[Collection(nameof(WorkersTests))]
public unsafe class WorkersTests : IDisposable
{
    private readonly int _before = Workers.Count;

    public void Dispose()
    {
        Workers.Count = _before;
        GC.SuppressFinalize(this);
    }

    private struct Tally : IParts
    {
        public int* Runs;
        public int FailFrom;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            if (part >= FailFrom) throw new InvalidOperationException($"part {part}");
            Interlocked.Increment(ref Runs[part]);
        }
    }

    private struct Nested : IParts
    {
        public int* Runs;

        public readonly void Run<T>(int part, int parts) where T : unmanaged, ILanes<T>
        {
            var inner = new Tally { Runs = Runs, FailFrom = int.MaxValue };
            Workers.Run(8, ref inner);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Run_ManyJobs_RunsEveryPartOnce(int count)
    {
        Workers.Count = count;
        var runs = stackalloc int[64];
        for (var job = 1; job <= 3000; job++)
        {
            var parts = job % 64 + 1;
            new Span<int>(runs, 64).Clear();
            var tally = new Tally { Runs = runs, FailFrom = int.MaxValue };

            Workers.Run(parts, ref tally);

            for (var part = 0; part < 64; part++) Assert.Equal(part < parts ? 1 : 0, runs[part]);
        }
    }

    [Fact]
    public void Run_CountRaisedAndLowered_KeepsWorking()
    {
        var runs = stackalloc int[16];
        for (var round = 0; round < 100; round++)
        {
            Workers.Count = round % 4 + 1;
            new Span<int>(runs, 16).Clear();
            var tally = new Tally { Runs = runs, FailFrom = int.MaxValue };
            Workers.Run(16, ref tally);
            for (var part = 0; part < 16; part++) Assert.Equal(1, runs[part]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_PartsThrow_CallerGetsTheFirstAndThePoolGoesOn(int count)
    {
        Workers.Count = count;
        var runs = stackalloc int[32];
        for (var round = 0; round < 200; round++)
        {
            var failing = new Tally { Runs = runs, FailFrom = 20 };
            var error = Record.Exception(() => Workers.Run(32, ref failing));
            Assert.Equal("part 20", Assert.IsType<InvalidOperationException>(error).Message);

            new Span<int>(runs, 32).Clear();
            var tally = new Tally { Runs = runs, FailFrom = int.MaxValue };
            Workers.Run(32, ref tally);
            for (var part = 0; part < 32; part++) Assert.Equal(1, runs[part]);
        }
    }

    [Fact]
    public void Run_InsideAPart_RunsInline()
    {
        Workers.Count = 3;
        var runs = stackalloc int[8];
        var nested = new Nested { Runs = runs };

        Workers.Run(10, ref nested);

        for (var part = 0; part < 8; part++) Assert.Equal(10, runs[part]);
    }

    [Fact]
    public void Kernels_CalledByManyThreadsAtOnce_AllGetTheSameAnswer()
    {
        Workers.Count = 2;
        const int rows = 400, size = 64;
        float[] x = Random(rows * size, 1), w = Random(size * size, 2), expected = new float[rows * size];
        LinearKernel.Forward(x, w, default, expected, rows, size, size);

        Parallel.For(0, 60, _ =>
        {
            var y = new float[rows * size];
            LinearKernel.Forward(x, w, default, y, rows, size, size);
            Assert.Equal(expected, y);
        });
    }

    [Fact]
    public void Kernels_OnceWarm_AllocateNothing()
    {
        Workers.Count = 2;
        const int rows = 544, size = 64;
        float[] x = Random(rows * size, 1), w = Random(size * size, 2), y = new float[rows * size], dx = new float[rows * size], dw = new float[size * size];
        float[] mean = new float[rows], rstd = new float[rows], b = new float[size], p = new float[32 * 4 * 17 * 17];
        var heads = new HeadLayout(17 * size, 16, size);
        void Step()
        {
            LinearKernel.Forward(x, w, b, y, rows, size, size);
            LinearKernel.Backward(x, w, y, dx, dw, b, rows, size, size, false);
            LayerNormKernel.Forward(x, b, b, y, mean, rstd, rows, size, 1e-5f);
            LayerNormKernel.Backward(x, b, mean, rstd, y, dx, b, b, rows, size, false);
            GeluKernel.Forward(x, y);
            AttentionKernel.Forward(x, heads, x, heads, x, heads, default, default, false, y, heads, p, 32, 4, 17, 17, 16, 0.25f, 0, 0);
            AttentionKernel.Backward(x, heads, x, heads, x, heads, p, y, heads, dx, heads, dx, heads, dx, heads, 32, 4, 17, 17, 16, 0.25f, 0, 0, true);
            AdamKernel.Step(w, dw, dw, dw, 0, 0.9f, 0.999f, 1e-8f, 0, true, 1);
        }
        for (var i = 0; i < 3; i++) Step();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) Step();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Count_OutOfRange_IsRefused(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Count = count);

    [Fact]
    public void Count_OneOrTwo_AgreeWithinRounding()
    {
        const int rows = 600, size = 64;
        float[] x = Random(rows * size, 1), dy = Random(rows * size, 2), w = Random(size * size, 3);
        float[] one = new float[w.Length], two = new float[w.Length];
        Workers.Count = 1;
        LinearKernel.Backward(x, w, dy, default, one, default, rows, size, size, false);
        Workers.Count = 2;
        LinearKernel.Backward(x, w, dy, default, two, default, rows, size, size, false);

        for (var i = 0; i < one.Length; i++) Assert.True(Math.Abs(one[i] - two[i]) <= 2 * rows * rows * Rounding);
    }
}
