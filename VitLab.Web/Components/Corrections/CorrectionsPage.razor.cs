using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using VitLab.Vision;
using VitLab.Web.Components.Shared;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Corrections;

/// <summary>All corrections, newest first, the same in every tab. Which digit is shown lives in the address.</summary>
public sealed partial class CorrectionsPage : IDisposable
{
    private const int PageSize = 120;

    /// <summary>Room for 2,000 drawings of many strokes.</summary>
    private const long LargestFile = 24 * 1024 * 1024;

    private readonly HashSet<string> _selected = [];
    private IReadOnlyList<Correction> _corrections = [];
    private IReadOnlyList<Correction>? _undo;
    private string? _problem;
    private string? _news;
    private int _limit = PageSize;
    private int _imports;
    private IDisposable? _subscription;

    [Inject]
    public required CorrectionStore Store { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The only digit shown; all of them when it is absent or no digit.</summary>
    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    private int? Chosen => Label is [>= '0' and <= '9'] ? Label[0] - '0' : null;

    private IEnumerable<Correction> Matching => _corrections.Where(correction => Chosen is null || correction.Label == Chosen);

    private IEnumerable<Correction> Shown => Matching.Take(_limit);

    /// <summary>Of what is shown: nobody deletes what they do not see.</summary>
    private List<string> Selected => [.. Shown.Select(correction => correction.Id).Where(_selected.Contains)];

    protected override void OnInitialized()
    {
        _subscription = Store.OnChanged(() => _ = InvokeAsync(() =>
        {
            Refresh();
            StateHasChanged();
        }));
        Refresh();
    }

    public void Dispose() => _subscription?.Dispose();

    private void Refresh() => _corrections = [.. Store.List().Reverse()];

    private void Show(int? label)
    {
        _limit = PageSize;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("label", label), replace: true);
    }

    private void Toggle(Correction correction)
    {
        if (!_selected.Remove(correction.Id))
        {
            _selected.Add(correction.Id);
        }
    }

    private void SelectShown() => _selected.UnionWith(Shown.Select(correction => correction.Id));

    private void Delete(IReadOnlyCollection<string> ids)
    {
        _undo = Store.Delete(ids);
        _selected.ExceptWith(ids);
    }

    private void Restore(IReadOnlyList<Correction> deleted)
    {
        Store.Restore([.. deleted.Select(correction => correction.Id)]);
        _undo = null;
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        var text = "";
        try
        {
            using var reader = new StreamReader(chosen.File.OpenReadStream(LargestFile));
            text = await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            _problem = $"{chosen.File.Name} is larger than {Figures.Bytes(LargestFile)}.";
            return;
        }
        finally
        {
            _imports++;                                  // a fresh input: the same file can be chosen again
        }

        Try(() =>
        {
            using var lines = new StringReader(text);
            var (added, known) = CorrectionImport.Take(Store, lines);
            _news = $"{Plural(added, "digit", "digits")} taken{(known > 0 ? $"; {Plural(known, "was", "were")} here already" : "")}.";
        });
    }

    private void Try(Action action)
    {
        (_problem, _news, _undo) = (null, null, null);
        try
        {
            action();
        }
        catch (Exception e) when (e is RunException or DrawingFormatException or IOException or UnauthorizedAccessException)
        {
            _problem = e.Message;
        }

        Refresh();
    }

    private static string Plural(int count, string one, string many) => $"{Figures.Count(count)} {(count == 1 ? one : many)}";

    private static string Pressed(bool pressed) => pressed ? "true" : "false";
}
