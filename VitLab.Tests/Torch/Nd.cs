namespace VitLab.Tests.Torch;

/// <summary>A small row-major array in double precision: the slow reference that the engine's ops are measured against.</summary>
public sealed class Nd
{
    public Nd(int[] shape, double[] data)
    {
        if (shape.Aggregate(1, (a, b) => a * b) != data.Length)
            throw new ArgumentException($"{data.Length} numbers do not fill [{string.Join(", ", shape)}]");
        (Shape, Data) = (shape, data);
    }

    public int[] Shape { get; }

    public double[] Data { get; }

    public int Rank => Shape.Length;

    public static Nd Scalar(double value) => new([], [value]);

    public static Nd operator +(Nd a, Nd b) => Zip(a, b, (x, y) => x + y);

    public static Nd operator -(Nd a, Nd b) => Zip(a, b, (x, y) => x - y);

    public static Nd operator *(Nd a, Nd b) => Zip(a, b, (x, y) => x * y);

    public static Nd operator /(Nd a, Nd b) => Zip(a, b, (x, y) => x / y);

    public static implicit operator Nd(double value) => Scalar(value);

    public static Nd Zip(Nd a, Nd b, Func<double, double, double> f)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        var shape = Enumerable.Range(0, rank).Select(i => Math.Max(a.SizeAt(i - rank), b.SizeAt(i - rank))).ToArray();
        return Of(shape, index => f(a.At(index), b.At(index)));
    }

    public static Nd Of(int[] shape, Func<int[], double> element)
    {
        var data = new double[shape.Aggregate(1, (a, b) => a * b)];
        var index = new int[shape.Length];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = element(index);
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }
        return new Nd(shape, data);
    }

    /// <summary>The element at an index that may be longer (broadcast) than the rank.</summary>
    public double At(params int[] index)
    {
        var at = 0;
        for (var d = 0; d < Rank; d++)
            at = at * Shape[d] + (Shape[d] == 1 ? 0 : index[index.Length - Rank + d]);
        return Data[at];
    }

    public Nd Map(Func<double, double> f) => new(Shape, [.. Data.Select(f)]);

    public Nd Reshape(params int[] shape)
    {
        var open = Array.IndexOf(shape, -1);
        if (open >= 0)
            shape = [.. shape.Select((size, i) => i == open ? Data.Length / shape.Where(s => s != -1).Aggregate(1, (a, b) => a * b) : size)];
        return new Nd(shape, Data);
    }

    public Nd Permute(params int[] order) => Of([.. order.Select(d => Shape[d])], index =>
    {
        var from = new int[Rank];
        for (var d = 0; d < Rank; d++)
            from[order[d]] = index[d];
        return At(from);
    });

    /// <summary>The last two dimensions swapped.</summary>
    public Nd Transposed() => Permute([.. Enumerable.Range(0, Rank - 2), Rank - 1, Rank - 2]);

    public Nd Slice(int dim, int start, int length) => Of([.. Shape.Select((size, d) => d == dim ? length : size)], index =>
    {
        var from = (int[])index.Clone();
        from[dim] += start;
        return At(from);
    });

    public Nd Reduce(int dim, Func<IEnumerable<double>, double> f, bool keep = false)
    {
        var at = dim < 0 ? dim + Rank : dim;
        var kept = Of([.. Shape.Select((size, d) => d == at ? 1 : size)], index =>
        {
            var from = (int[])index.Clone();
            return f(Enumerable.Range(0, Shape[at]).Select(i =>
            {
                from[at] = i;
                return At(from);
            }).ToArray());
        });
        return keep ? kept : kept.Reshape([.. kept.Shape.Where((_, d) => d != at)]);
    }

    public Nd Sum(int dim, bool keep = false) => Reduce(dim, values => values.Sum(), keep);

    public Nd Mean(int dim, bool keep = false) => Reduce(dim, values => values.Average(), keep);

    public Nd SumAll() => Scalar(Data.Sum());

    public Nd MeanAll() => Scalar(Data.Average());

    public Nd Softmax(int dim)
    {
        var e = (this - Reduce(dim, values => values.Max(), keep: true)).Map(Math.Exp);
        return e / e.Sum(dim, keep: true);
    }

    /// <summary>Matrix product over the last two dimensions, those before broadcast.</summary>
    public Nd MatMul(Nd other)
    {
        var rank = Math.Max(Rank, other.Rank);
        var batch = Enumerable.Range(0, rank - 2).Select(i => Math.Max(SizeAt(i - rank), other.SizeAt(i - rank)));
        return Of([.. batch, Shape[^2], other.Shape[^1]], index =>
        {
            var (a, b) = ((int[])index.Clone(), (int[])index.Clone());
            var sum = 0.0;
            for (var k = 0; k < Shape[^1]; k++)
            {
                a[^1] = k;
                b[^2] = k;
                sum += At(a) * other.At(b);
            }
            return sum;
        });
    }

    // Size of a dimension counted from the back; 1 beyond the front.
    private int SizeAt(int fromBack) => Rank + fromBack < 0 ? 1 : Shape[Rank + fromBack];
}
