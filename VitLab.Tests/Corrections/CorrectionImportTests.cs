using VitLab.Data;
using VitLab.Tests.Support;
using VitLab.Vision;
using VitLab.Web.Corrections;
using VitLab.Web.Runs;

namespace VitLab.Tests.Corrections;

public sealed class CorrectionImportTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly CorrectionStore _store;

    public CorrectionImportTests() => _store = new CorrectionStore(_home.File("corrections.jsonl"), new RunFiles(), TimeProvider.System);

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Take_SingleDigitsAndAGrid_AreDigitsOfTheirOwn()
    {
        var grid = GridDrawing.Join([Digit(1), Blank, Digit(3), Digit(4)], 2, 2);

        Assert.Equal(new ImportResult(4, 0), Take(DrawingFile.Format(Digit(7)), "", DrawingFile.Format(grid)));

        Assert.Equal([7, 1, 3, 4], _store.List().Select(correction => correction.Label));
        var cut = _store.List()[2].Drawing;
        Assert.Equal((280, 280), (cut.Width, cut.Height));
        Assert.Equal(Rounded(Digit(3)), Rounded(cut));
    }

    [Fact]
    public void Take_AnExport_KeepsWhenAndByWhomItWasReadAndTakesNothingTwice()
    {
        var line = """{"id":"c1","label":7,"width":280,"height":280,"strokes":[[60,60,220,60,120,230]],"date":"2026-01-31T12:00:00Z","readAs":1,"weights":"single-digit"}""";

        Assert.Equal(new ImportResult(1, 0), Take(line));
        Assert.Equal(new ImportResult(1, 1), Take(line, DrawingFile.Format(Digit(2))));

        var taken = _store.List()[0];
        Assert.Equal((new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), 1, "single-digit"), (taken.Date, taken.ReadAs, taken.Weights));
    }

    [Theory]
    [InlineData("""{"width":280,"height":280,"strokes":[[60,60,220,60]]}""", "label")]
    [InlineData("""{"label":11,"width":280,"height":280,"strokes":[[60,60,220,60]]}""", "label")]
    [InlineData("""{"label":7,"width":280,"height":280,"strokes":[]}""", "strokes")]
    [InlineData("""{"label":7,"width":280,"height":280,"strokes":[[1,2,3]]}""", "strokes[0]")]
    [InlineData("""{"label":[1,2,3],"width":560,"height":560,"strokes":[[60,60,220,60],[300,60,500,60]]}""", "label")]
    [InlineData("""{"label":[1,2],"width":500,"height":280,"strokes":[[60,60,220,60],[300,60,500,60]]}""", "width")]
    [InlineData("""{"label":7,"width":280,"height":280,"strokes":[[60,60,220,60]],"date":"yesterday"}""", "date")]
    [InlineData("""{"label":7,"width":280,"height":280,"strokes":[[60,60,220,60]],"readAs":"1"}""", "readAs")]
    [InlineData("""{"label":7,"width":280""", "")]
    public void Take_AWrongLine_IsRefusedByNumberAndFieldAndNothingIsTaken(string wrong, string field)
    {
        var refused = Assert.Throws<DrawingFormatException>(() => Take(DrawingFile.Format(Digit(7)), "", wrong));

        Assert.Equal((3, field), (refused.Line, refused.Field));
        Assert.Contains("line 3", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_store.List());
    }

    [Fact]
    public void Take_NothingOrTooMuch_SaysSo()
    {
        Assert.Contains("no drawings", Assert.Throws<DrawingFormatException>(() => Take("")).Message, StringComparison.Ordinal);
        _store.AddAll([.. Enumerable.Range(0, CorrectionStore.Limit).Select(_ => new Correction("", Digit(1), default))]);
        Assert.Throws<RunConflictException>(() => Take(DrawingFile.Format(Digit(2))));
    }

    private static Drawing Blank => new(280, 280, []);

    private static Drawing Digit(int digit) => PenDigits.Draw(digit, seed: 3) with { Label = [digit] };

    private static List<int> Rounded(Drawing drawing) => [.. drawing.Strokes.SelectMany(stroke => stroke).Select(coordinate => (int)Math.Round(coordinate))];

    private ImportResult Take(params string[] lines)
    {
        using var reader = new StringReader(string.Join('\n', lines));
        return CorrectionImport.Take(_store, reader);
    }
}
