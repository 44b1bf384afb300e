using VitLab.Vision;

namespace VitLab.Web.Runs;

/// <summary>What a run with a correction share learns beside its data.</summary>
public interface ICorrectedDrawings
{
    /// <summary>Each labelled with its one digit, oldest first.</summary>
    IReadOnlyList<Drawing> Drawings { get; }
}
