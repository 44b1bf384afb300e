using Microsoft.AspNetCore.Components;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>Where a run came from, its note, and its checkpoints to download or go on from.</summary>
public sealed partial class RunDetails
{
    private IReadOnlyList<CheckpointFile> _checkpoints = [];

    [Parameter, EditorRequired]
    public required RunRecord Run { get; set; }

    [Parameter]
    public EventCallback<string?> OnProblem { get; set; }

    [Inject]
    public required RunService Service { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnParametersSet()
    {
        try
        {
            _checkpoints = Service.Checkpoints(Run.Id);
        }
        catch (RunNotFoundException)
        {
            _checkpoints = [];          // deleted in another tab; the list will say so in a moment
        }
    }

    private string Link(CheckpointFile checkpoint, bool weightsOnly) =>
        $"/api/runs/{Run.Id}/checkpoints/{checkpoint.Name}.safetensors{(weightsOnly ? "?weightsOnly=true" : "")}";

    private Task SaveNoteAsync(ChangeEventArgs change) => TryAsync(() => Service.NoteAsync(Run.Id, change.Value?.ToString() ?? ""));

    private Task ForkAsync(CheckpointFile checkpoint) => TryAsync(async () =>
    {
        var fork = await Service.ForkAsync(Run.Id, checkpoint.Name);
        Navigation.NavigateTo($"/train?run={fork.Id}");
    });

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            await OnProblem.InvokeAsync(null);
        }
        catch (Exception e) when (e is RunException or IOException)
        {
            await OnProblem.InvokeAsync(e.Message);
        }
    }
}
