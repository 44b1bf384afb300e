using VitLab.Detection;
using VitLab.Models;

namespace VitLab.Experiments;

/// <summary>What a detector said of every patch of a batch of scenes, on the host.</summary>
internal sealed class PatchAnswers
{
    private readonly float[] _digits;
    private readonly float[] _boxes;

    private PatchAnswers(PatchGrid grid, float[] presence, float[] digits, float[] boxes) => (Grid, Presence, _digits, _boxes) = (grid, presence, digits, boxes);

    public PatchGrid Grid { get; }

    /// <summary>Chance of every patch of every scene to hold a digit's middle, 0…1.</summary>
    public float[] Presence { get; }

    public static PatchAnswers Of(SceneTokens tokens, PatchGrid grid) => new(
        grid,
        functional.sigmoid(tokens.Presence).cpu().data<float>().ToArray(),
        functional.softmax(tokens.Digits, dim: -1).cpu().data<float>().ToArray(),
        tokens.Boxes.cpu().data<float>().ToArray());

    /// <summary>For every scene a digit for each patch that is this sure of one.</summary>
    public IReadOnlyList<FoundDigit>[] Candidates(float leastPresence) =>
        [.. Enumerable.Range(0, Presence.Length / Grid.Count).Select(scene => Candidates(scene * Grid.Count, leastPresence))];

    private List<FoundDigit> Candidates(int first, float leastPresence)
    {
        var classes = _digits.Length / Presence.Length;
        List<FoundDigit> found = [];
        for (var patch = 0; patch < Grid.Count; patch++)
        {
            var at = first + patch;
            if (Presence[at] >= leastPresence)
            {
                var box = Grid.Decode(_boxes.AsSpan(at * SceneDetector.BoxNumbers, SceneDetector.BoxNumbers), patch);
                found.Add(new FoundDigit(box, Presence[at], _digits.AsSpan(at * classes, classes).ToArray()));
            }
        }

        return found;
    }
}
