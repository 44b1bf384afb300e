using VitLab.Vision;

namespace VitLab.Web.Probes;

/// <summary>A drawing somebody pinned: every run of the lab shows how it reads it.</summary>
/// <param name="Id">"p1", "p2", …</param>
public sealed record PinnedProbe(string Id, Drawing Drawing);

/// <summary>The pinned drawings, lab-wide, kept in <c>probes.jsonl</c>.</summary>
public class PinnedProbes
{
    public const int Limit = 24;

    public virtual IReadOnlyList<PinnedProbe> List() => throw new NotImplementedException();

    /// <exception cref="VitLab.Web.Runs.RunConflictException">24 are pinned already.</exception>
    public virtual PinnedProbe Add(Drawing drawing) => throw new NotImplementedException();

    /// <returns>False when nothing has that id.</returns>
    public virtual bool Remove(string id) => throw new NotImplementedException();

    public virtual IDisposable OnChanged(Action callback) => throw new NotImplementedException();
}
