namespace VitLab.Insight;

/// <summary>Counts of true against predicted classes.</summary>
public sealed class Confusion(int classes)
{
    public int Classes { get; } = classes;

    /// <summary>Row-major [true, predicted].</summary>
    public int[] Counts { get; } = new int[classes * classes];

    public int Total { get; private set; }

    public int Correct { get; private set; }

    /// <summary>Share read right; 0 when nothing was counted.</summary>
    public double Accuracy => Total == 0 ? 0 : (double)Correct / Total;

    public int this[int truth, int predicted] => Counts[(truth * Classes) + predicted];

    public void Add(int truth, int predicted)
    {
        Counts[(truth * Classes) + predicted]++;
        Total++;
        Correct += truth == predicted ? 1 : 0;
    }

    /// <summary>Share of a class's pictures that were read as it; 0 when there were none.</summary>
    public double Recall(int truth)
    {
        var row = Counts.AsSpan(truth * Classes, Classes);
        var sum = 0;
        foreach (var count in row)
        {
            sum += count;
        }

        return sum == 0 ? 0 : (double)row[truth] / sum;
    }
}
