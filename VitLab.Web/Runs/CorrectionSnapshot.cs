using System.Text;
using VitLab.Data;
using VitLab.Vision;

namespace VitLab.Web.Runs;

/// <summary>The corrections a run trains on, in its own folder, so that it can go on exactly as it began.</summary>
internal static class CorrectionSnapshot
{
    /// <exception cref="IOException">The disk cannot take it.</exception>
    public static void Write(RunFolder folder, RunFiles files, IReadOnlyList<Drawing> drawings)
    {
        using var text = new StringWriter { NewLine = "\n" };
        DrawingFile.Write(text, drawings);
        files.Replace(folder.Corrections, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <exception cref="DataException">The file is missing or broken.</exception>
    public static IReadOnlyList<Drawing> Drawings(RunFolder folder)
    {
        try
        {
            return [.. DrawingFile.Read(folder.Corrections)];
        }
        catch (Exception e) when (e is DrawingFormatException || RunFiles.IsDiskTrouble(e))
        {
            throw new DataException($"corrections.jsonl in the run's folder cannot be read: {e.Message}", e) { File = folder.Corrections };
        }
    }

    /// <summary>The same as source digits.</summary>
    /// <exception cref="DataException">The file is missing or broken, or holds no digit with ink.</exception>
    public static ImageSet Digits(RunFolder folder) => CorrectionDigits.Normalize(Drawings(folder));
}
