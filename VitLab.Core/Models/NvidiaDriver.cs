using System.Runtime.InteropServices;
using System.Text;

namespace VitLab.Models;

/// <summary>What the NVIDIA driver says of its GPUs (CUDA driver API, "Device Management"): TorchSharp tells only how many there are.</summary>
internal static unsafe class NvidiaDriver
{
    private const int Success = 0;

    private const int NameLength = 256;

    private static readonly nint s_library = NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var library) ? library : 0;

    public static bool IsInstalled => s_library != 0;

    /// <summary>Name and bytes of memory of a GPU, by the number that CUDA gives it.</summary>
    public static (string Name, long Memory)? Describe(int ordinal)
    {
        if (!IsInstalled)
        {
            return null;
        }

        var init = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(s_library, "cuInit");
        var get = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(s_library, "cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(s_library, "cuDeviceGetName");
        var getMemory = (delegate* unmanaged<nuint*, int, int>)NativeLibrary.GetExport(s_library, "cuDeviceTotalMem_v2");
        int device;
        nuint memory;
        var name = stackalloc byte[NameLength];
        return init(0) == Success && get(&device, ordinal) == Success && getName(name, NameLength, device) == Success && getMemory(&memory, device) == Success
            ? (Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), (long)memory)
            : null;
    }
}
