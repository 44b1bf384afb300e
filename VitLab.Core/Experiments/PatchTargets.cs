using VitLab.Data;
using VitLab.Detection;

namespace VitLab.Experiments;

/// <summary>What the patches of a batch of scenes should say.</summary>
internal sealed class PatchTargets
{
    /// <summary>For every patch of every scene 1 where it answers for a digit, else 0.</summary>
    public required float[] Presence { get; init; }

    /// <summary>Those that do, counted over the whole batch.</summary>
    public List<long> Answering { get; } = [];

    /// <summary>Which digit, for each of them.</summary>
    public List<long> Labels { get; } = [];

    /// <summary>Four numbers of its box, for each of them.</summary>
    public List<float> Boxes { get; } = [];

    public static PatchTargets Of(IEnumerable<List<SceneDigit>> scenes, int count, PatchGrid grid)
    {
        var targets = new PatchTargets { Presence = new float[count * grid.Count] };
        Span<int> owners = stackalloc int[grid.Count];
        Span<float> code = stackalloc float[4];
        var first = 0;
        foreach (var digits in scenes)
        {
            PatchAssignment.Assign([.. digits.Select(digit => digit.Box)], grid, owners);
            for (var patch = 0; patch < grid.Count; patch++)
            {
                if (owners[patch] == PatchAssignment.Nobody)
                {
                    continue;
                }

                var digit = digits[owners[patch]];
                grid.Encode(digit.Box, patch, code);
                targets.Presence[first + patch] = 1;
                targets.Answering.Add(first + patch);
                targets.Labels.Add(digit.Label);
                targets.Boxes.AddRange(code);
            }

            first += grid.Count;
        }

        return targets;
    }
}
