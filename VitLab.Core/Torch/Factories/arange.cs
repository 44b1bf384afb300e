namespace VitLab.Torch
{
    public static partial class torch
    {
        /// <summary>start, start + step, … below stop; Int64 when all three are whole, unless a type is given.</summary>
        public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        {
            if (step.Double == 0 || (stop.Double - start.Double) / step.Double < 0)
                throw new ArgumentException($"arange: from {start.Double} to {stop.Double} cannot be walked in steps of {step.Double}.");
            var count = (int)Math.Ceiling((stop.Double - start.Double) / step.Double);
            var type = dtype ?? (start.IsFloating || stop.IsFloating || step.IsFloating ? ScalarType.Float32 : ScalarType.Int64);
            if (type.IsFloating())
            {
                var values = new float[count];
                for (var i = 0; i < count; i++)
                    values[i] = (float)(start.Double + i * step.Double);
                return tensor(values, type, device, requires_grad);
            }
            var numbers = new long[count];
            for (var i = 0; i < count; i++)
                numbers[i] = start.Int64 + i * step.Int64;
            return tensor(numbers, type, device, requires_grad);
        }

        public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            arange(start, stop, 1, dtype, device, requires_grad);

        public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            arange(0, stop, 1, dtype, device, requires_grad);

        /// <summary><paramref name="steps"/> evenly spaced values, both ends included.</summary>
        public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        {
            var values = new float[steps];
            for (var i = 0; i < steps; i++)
                values[i] = (float)(steps == 1 ? start : start + (end - start) * i / (steps - 1));
            return tensor(values, dtype, device, requires_grad);
        }

        /// <summary>The n × m matrix with ones on its diagonal.</summary>
        public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
        {
            var width = columns < 0 ? rows : columns;
            var values = new float[rows * width];
            for (var i = 0; i < Math.Min(rows, width); i++)
                values[i * width + i] = 1;
            return tensor(values, [rows, width], dtype, device, requires_grad);
        }
    }
}
