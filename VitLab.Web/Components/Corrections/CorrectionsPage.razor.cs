using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using VitLab.Vision;
using VitLab.Web.Components.Shared;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Web.Components.Corrections;

/// <summary>All corrections, newest first, the same in every tab. The address says which digit is shown.</summary>
public sealed partial class CorrectionsPage
{
    private const int PageSize = 120;

    /// <summary>Room for 2,000 drawings of many strokes.</summary>
    private const long LargestFile = 24 * 1024 * 1024;

    private readonly HashSet<string> _selected = [];
    private int? _digit;
    private IReadOnlyList<Correction> _corrections = [];
    private IReadOnlyList<Correction>? _undo;
    private string? _problem;
    private string? _news;
    private int _limit = PageSize;
    private int _imports;

    [Inject]
    public required CorrectionStore Store { get; init; }

    private IEnumerable<Correction> Matching => _corrections.Where(correction => _digit is null || correction.Label == _digit);

    private IEnumerable<Correction> Shown => Matching.Take(_limit);

    /// <summary>Of what is shown: nobody deletes what they do not see.</summary>
    private List<string> Selected => [.. Shown.Select(correction => correction.Id).Where(_selected.Contains)];

    protected override void OnInitialized()
    {
        Keep(Store.OnChanged(() => _ = InvokeAsync(() =>
        {
            Refresh();
            StateHasChanged();
        })));
        Refresh();
        base.OnInitialized();
    }

    /// <summary>The only digit shown; all of them when the address names none.</summary>
    protected override void Adopt() => _digit = Chosen("label") is [>= '0' and <= '9'] label ? label[0] - '0' : null;

    private void Refresh() => _corrections = [.. Store.List().Reverse()];

    private Task ShowAsync(int? digit)
    {
        _limit = PageSize;
        return ChooseAsync("label", digit?.ToString(CultureInfo.InvariantCulture));
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
