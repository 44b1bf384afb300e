using System.Globalization;

namespace VitLab.Models;

/// <summary>
/// The tokens a transcriber reads and writes. The ten digits are their own numbers; what can be written comes first, so that a head over the
/// first <see cref="Written"/> tokens can never emit a start or a padding.
/// </summary>
public static class DigitVocabulary
{
    public const int Digits = 10;

    /// <summary>Written behind the last digit.</summary>
    public const int Finish = 10;

    /// <summary>Read before the first digit.</summary>
    public const int Start = 11;

    /// <summary>Fills shorter texts of a batch behind their finish; the loss ignores it.</summary>
    public const int Padding = 12;

    /// <summary>Tokens that can be written: digits and finish.</summary>
    public const int Written = 11;

    /// <summary>All tokens.</summary>
    public const int Count = 13;

    private static readonly string[] s_names =
        [.. Enumerable.Range(0, Digits).Select(static digit => digit.ToString(CultureInfo.InvariantCulture)), "finish", "start", "padding"];

    /// <summary>By token: "0" … "9", "finish", "start", "padding".</summary>
    public static IReadOnlyList<string> Names => s_names;
}
