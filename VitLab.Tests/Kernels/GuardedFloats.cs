using System.Runtime.InteropServices;

namespace VitLab.Tests.Kernels;

/// <summary>
/// An array that ends where readable memory ends: reading one float past it kills the process (on Linux and macOS), and writing before it is found
/// by <see cref="Dispose"/>. Elsewhere both ends are watched for writes only.
/// </summary>
internal sealed unsafe partial class GuardedFloats : IDisposable
{
    private const float Sentinel = -7.25e33f;
    private const int ProtectNone = 0;
    private static readonly int s_page = Environment.SystemPageSize;
    private static readonly bool s_canProtect = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    private readonly byte* _memory;
    private readonly int _bytes;
    private readonly float* _data;

    public GuardedFloats(ReadOnlySpan<float> values)
    {
        Length = values.Length;
        _bytes = (values.Length * sizeof(float) + 256 + s_page - 1) / s_page * s_page;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(_bytes + s_page), (nuint)s_page);
        new Span<float>(_memory, (_bytes + s_page) / sizeof(float)).Fill(Sentinel);
        _data = (float*)(_memory + _bytes) - values.Length;
        values.CopyTo(Span);
        if (s_canProtect) Assert.Equal(0, Protect(_memory + _bytes, (nuint)s_page, ProtectNone));
    }

    public int Length { get; }

    public Span<float> Span => new(_data, Length);

    public static implicit operator Span<float>(GuardedFloats floats) => floats.Span;

    public static implicit operator ReadOnlySpan<float>(GuardedFloats floats) => floats.Span;

    public void Dispose()
    {
        if (s_canProtect) _ = Protect(_memory + _bytes, (nuint)s_page, 1 | 2);
        var before = new ReadOnlySpan<float>(_memory, (int)((byte*)_data - _memory) / sizeof(float));
        var after = new ReadOnlySpan<float>(_memory + _bytes, s_page / sizeof(float));
        var clean = !before.ContainsAnyExcept(Sentinel) && !after.ContainsAnyExcept(Sentinel);
        NativeMemory.AlignedFree(_memory);
        Assert.True(clean, "a kernel wrote outside its span");
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);
}
