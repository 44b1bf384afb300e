namespace VitLab.Torch
{
    /// <summary>Kinds of device, numbered as in PyTorch.</summary>
    public enum DeviceType
    {
        CPU = 0,
        CUDA = 1,
    }

    public static partial class torch
    {
        /// <summary>Where a tensor lives. This engine has the CPU alone; asking for anything else throws.</summary>
        public sealed class Device
        {
            /// <param name="description">"cpu", or "cuda" / "cuda:0", which throws here.</param>
            public Device(string description)
                : this(ParseType(description), ParseIndex(description))
            {
            }

            public Device(DeviceType deviceType, int index = -1)
            {
                if (deviceType != DeviceType.CPU)
                    throw new NotSupportedException($"The managed engine computes on the CPU; {deviceType} needs the TorchSharp engine (-p:VitLabEngine=TorchSharp).");
                type = deviceType;
                this.index = index;
            }

            public DeviceType type { get; }

            /// <summary>-1 for the default device of its type.</summary>
            public int index { get; }

            public override string ToString() => index < 0 ? "cpu" : $"cpu:{index}";

            private static DeviceType ParseType(string description) => description.Split(':')[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"'{description}' is no device; \"cpu\" is.", nameof(description)),
            };

            private static int ParseIndex(string description) =>
                description.Split(':') is [_, var index] ? int.Parse(index, System.Globalization.CultureInfo.InvariantCulture) : -1;
        }

        public static Device device(string description) => new(description);

        public static Device device(string deviceType, int index = -1) => new(index < 0 ? deviceType : $"{deviceType}:{index}");

        public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

        /// <summary>The GPU, which this engine never has.</summary>
        public static class cuda
        {
            public static bool is_available() => false;

            public static int device_count() => 0;

            public static void manual_seed(long seed) => torch.manual_seed(seed);

            /// <summary>Nothing runs behind the caller's back here, so there is nothing to wait for.</summary>
            public static void synchronize(Device? device = null)
            {
            }
        }
    }
}
