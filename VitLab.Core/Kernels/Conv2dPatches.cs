using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VitLab.Kernels.Simd;

namespace VitLab.Kernels;

/// <summary>
/// Convolution whose kernel is its stride: a patch embedding. A handful of images is taken at a time, so that the products are long enough to be fast:
/// patches (positions, taps), outputs (O, positions), the positions of all the images side by side.
/// </summary>
internal static unsafe class Conv2dPatches
{
    private const int PositionsAtOnce = 128;

    public static void Run<T>(in Conv2dKernel.ForwardJob job, int part, int parts) where T : unmanaged, ILanes<T>
    {
        var s = job.Shape;
        int area = s.OutHeight * s.OutWidth, taps = s.Taps, atOnce = Math.Max(1, PositionsAtOnce / area);
        var patches = Scratch.Get(ScratchUse.Item, (long)atOnce * area * (taps + s.OutChannels));
        var outputs = patches + (nint)atOnce * area * taps;
        var share = Split.Of(s.Batch, part, parts, 1);
        for (var first = share.First; first < share.End; first += atOnce)
        {
            var images = Math.Min(atOnce, share.End - first);
            var positions = images * area;
            Gather(s, job.X, first, images, patches);
            GemmSerial.Multiply<T>(false, true, s.OutChannels, positions, taps, job.W, taps, patches, taps, null, 0, outputs, positions);
            for (var i = 0; i < images; i++)
                for (var o = 0; o < s.OutChannels; o++)
                    Add<T>(outputs + (nint)o * positions + i * area, job.B == null ? 0 : job.B[o], job.Y + ((nint)(first + i) * s.OutChannels + o) * area, area);
        }
    }

    public static void Run<T>(in Conv2dKernel.BackwardJob job, int part, int parts) where T : unmanaged, ILanes<T>
    {
        var s = job.Shape;
        int area = s.OutHeight * s.OutWidth, taps = s.Taps, atOnce = Math.Max(1, PositionsAtOnce / area);
        var patches = Scratch.Get(ScratchUse.Item, (long)atOnce * area * (taps + s.OutChannels));
        var dy = patches + (nint)atOnce * area * taps;
        float* dw = job.Partials + (nint)part * job.PartialStride, db = dw + job.Weights;
        new Span<float>(dw, job.PartialStride).Clear();
        var share = Split.Of(s.Batch, part, parts, 1);
        for (var first = share.First; first < share.End; first += atOnce)
        {
            var images = Math.Min(atOnce, share.End - first);
            var positions = images * area;
            for (var i = 0; i < images; i++)
                for (var o = 0; o < s.OutChannels; o++)
                    Add<T>(job.Dy + ((nint)(first + i) * s.OutChannels + o) * area, 0, dy + (nint)o * positions + i * area, area);
            if (job.WantsDw)
            {
                Gather(s, job.X, first, images, patches);
                GemmSerial.Multiply<T>(false, false, s.OutChannels, taps, positions, dy, positions, patches, taps, dw, taps, dw, taps);
            }
            for (var o = 0; o < s.OutChannels && job.WantsDb; o++) db[o] += Conv2dKernel.Total<T>(dy + (nint)o * positions, positions);
            if (job.Dx == null) continue;
            if (!job.Accumulate) new Span<float>(Conv2dUnfolding.Group(job.Dx, s, first, 0), images * s.Channels * s.Height * s.Width).Clear();
            GemmSerial.Multiply<T>(true, false, positions, taps, s.OutChannels, dy, positions, job.W, taps, null, 0, patches, taps);
            Scatter(s, patches, job.Dx, first, images);
        }
    }

    private static void Gather(in Conv2dShape s, float* x, int first, int images, float* patches) => ForEachRow(s, x, first, images, patches, add: false);

    private static void Scatter(in Conv2dShape s, float* patches, float* dx, int first, int images) => ForEachRow(s, dx, first, images, patches, add: true);

    private static void ForEachRow(in Conv2dShape s, float* x, int first, int images, float* patch, bool add)
    {
        int width = s.KernelWidth, height = s.KernelHeight, outWidth = s.OutWidth, outHeight = s.OutHeight;
        for (nint image = first; image < first + images; image++)
            for (var i = 0; i < outHeight; i++)
                for (var j = 0; j < outWidth; j++)
                    for (var c = 0; c < s.Channels; c++)
                    {
                        var row = x + ((image * s.Channels + c) * s.Height + i * height) * s.Width + j * width;
                        for (var u = 0; u < height; u++, row += s.Width, patch += width)
                        {
                            if (!add) Copy(row, patch, width);
                            else
                                for (var v = 0; v < width; v++) row[v] += patch[v];
                        }
                    }
    }

    // Patch rows are short: four at a time, the last four overlapping those before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, int count)
    {
        if (count < 4)
        {
            for (var i = 0; i < count; i++) to[i] = from[i];
            return;
        }
        for (var i = 0; i < count - 4; i += 4) Vector128.Load(from + i).Store(to + i);
        Vector128.Load(from + count - 4).Store(to + count - 4);
    }

    private static void Add<T>(float* from, float bias, float* to, int count) where T : unmanaged, ILanes<T>
    {
        var i = 0;
        for (; i <= count - T.Width; i += T.Width) (T.Load(from + i) + T.Create(bias)).Store(to + i);
        for (; i < count; i++) to[i] = from[i] + bias;
    }
}
