namespace VitLab.Experiments;

/// <summary>
/// Counts answers to pictures of digits. Truth and answer are compared position by position over the longer of both, so a digit that is
/// missing, or one too many, is wrong too.
/// </summary>
public sealed class AnswerCount
{
    private int _rightPictures, _rightLengths, _positions, _rightPositions;

    public int Pictures { get; private set; }

    /// <summary>Share of pictures with everything right; 0 when nothing was counted.</summary>
    public double PictureAccuracy => Share(_rightPictures, Pictures);

    /// <summary>Share of pictures with as many digits answered as there are; 0 when nothing was counted.</summary>
    public double LengthAccuracy => Share(_rightLengths, Pictures);

    /// <summary>Share of positions that are right; 0 when nothing was counted.</summary>
    public double PositionAccuracy => Share(_rightPositions, _positions);

    /// <param name="truth">The classes that are there, in reading order.</param>
    /// <param name="answer">The classes read, likewise.</param>
    public void Add(ReadOnlySpan<int> truth, ReadOnlySpan<int> answer)
    {
        var right = 0;
        for (var position = 0; position < Math.Min(truth.Length, answer.Length); position++)
        {
            right += truth[position] == answer[position] ? 1 : 0;
        }

        var positions = Math.Max(truth.Length, answer.Length);
        Pictures++;
        _rightLengths += truth.Length == answer.Length ? 1 : 0;
        _rightPictures += right == positions ? 1 : 0;
        (_positions, _rightPositions) = (_positions + positions, _rightPositions + right);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
