namespace VitLab.Torch
{
    /// <summary>A number handed to an op; remembers whether it was whole, so that integer tensors stay integers.</summary>
    public readonly struct Scalar
    {
        private readonly double _value;
        private readonly long _whole;

        private Scalar(double value)
        {
            _value = value;
            IsFloating = true;
        }

        private Scalar(long value)
        {
            _value = value;
            _whole = value;
        }

        internal bool IsFloating { get; }

        internal float Single => (float)_value;

        internal double Double => _value;

        internal long Int64 => IsFloating ? (long)_value : _whole;

        public static implicit operator Scalar(byte value) => new((long)value);

        public static implicit operator Scalar(int value) => new((long)value);

        public static implicit operator Scalar(long value) => new(value);

        public static implicit operator Scalar(float value) => new((double)value);

        public static implicit operator Scalar(double value) => new(value);

        public static implicit operator Scalar(bool value) => new(value ? 1L : 0L);
    }
}
