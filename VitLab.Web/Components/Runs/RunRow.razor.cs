using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using VitLab.Experiments;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Runs;

/// <summary>One run of the table, with its name to change in place and its details below.</summary>
public sealed partial class RunRow
{
    private ElementReference _nameInput;
    private string? _name;
    private bool _renaming;
    private bool _focusName;
    private bool _open;

    [Parameter, EditorRequired]
    public required RunRecord Run { get; set; }

    /// <summary>Which of the eight line colours the run has in the comparison; null when it is not compared.</summary>
    [Parameter]
    public int? Color { get; set; }

    [Parameter]
    public bool IsCompared { get; set; }

    [Parameter]
    public bool CanCompare { get; set; } = true;

    [Parameter]
    public EventCallback OnCompare { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    /// <summary>What went wrong, for people; null when it went right again.</summary>
    [Parameter]
    public EventCallback<string?> OnProblem { get; set; }

    [Inject]
    public required RunService Service { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusName)
        {
            _focusName = false;
            await _nameInput.FocusAsync();
        }
    }

    private Metric Metric => Run.Card.PrimaryMetric;

    private void BeginRename() => (_renaming, _focusName, _name) = (true, true, null);

    private Task NameKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
        {
            (_renaming, _name) = (false, null);
        }

        return key.Key == "Enter" ? RenameAsync() : Task.CompletedTask;
    }

    /// <summary>Enter and leaving the field both end up here, once.</summary>
    private async Task RenameAsync()
    {
        if (!_renaming)
        {
            return;
        }

        _renaming = false;
        if (_name is { } name && name.Trim() != Run.Name)
        {
            try
            {
                await Service.RenameAsync(Run.Id, name.Trim());
                await OnProblem.InvokeAsync(null);
            }
            catch (Exception e) when (e is RunException or IOException)
            {
                await OnProblem.InvokeAsync(e.Message);
            }
        }
    }
}
