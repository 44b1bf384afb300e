namespace VitLab.Models;

/// <summary>A tensor's numbers on the host, row-major: 32-bit floats or 64-bit integers.</summary>
public sealed class HostTensor
{
    private HostTensor(long[] shape, float[]? floats, long[]? integers)
    {
        var elements = shape.Aggregate(1L, static (product, size) => product * size);
        var length = floats?.LongLength ?? integers!.LongLength;
        if (elements != length)
        {
            throw new ArgumentException($"values: a tensor of shape [{string.Join(", ", shape)}] holds {elements} numbers, got {length}.", nameof(shape));
        }

        (Shape, Floats, Integers) = (shape, floats, integers);
    }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>The values of a float tensor; null for an integer tensor.</summary>
    public float[]? Floats { get; }

    /// <summary>The values of an integer tensor; null for a float tensor.</summary>
    public long[]? Integers { get; }

    public long Count => Floats?.LongLength ?? Integers!.LongLength;

    /// <exception cref="ArgumentException">When the shape does not hold as many numbers as there are.</exception>
    public static HostTensor Of(float[] values, params long[] shape) => new(shape, values, null);

    /// <inheritdoc cref="Of(float[], long[])"/>
    public static HostTensor Of(long[] values, params long[] shape) => new(shape, null, values);

    public bool HasShape(IReadOnlyList<long> shape) => Shape.SequenceEqual(shape);

    /// <summary>"float32 [64, 192]", for messages.</summary>
    public override string ToString() => $"{(Floats is null ? "int64" : "float32")} [{string.Join(", ", Shape)}]";
}
