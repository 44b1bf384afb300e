using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using VitLab.Data;
using VitLab.Tests.Runs;
using VitLab.Tests.Support;
using VitLab.Vision;
using VitLab.Web.Components.Corrections;
using VitLab.Web.Corrections;

namespace VitLab.Tests.Components.Corrections;

/// <summary>The page over the real store on a disk that can run full.</summary>
public sealed class CorrectionsPageTests : LabTest
{
    private readonly TemporaryFolder _home = new();
    private readonly TestRunFiles _files = new();
    private readonly CorrectionStore _store;

    public CorrectionsPageTests()
    {
        _store = new CorrectionStore(_home.File("corrections.jsonl"), _files, TimeProvider.System);
        Services.AddSingleton(_store);
        Services.AddSingleton<TeachingService>(new TeachingDouble(Lab));
        JSInterop.SetupVoid("Blazor._internal.InputFile.init", _ => true).SetVoidResult();
    }

    [Fact]
    public void Render_NoCorrections_SaysHowTheyCome()
    {
        var page = Render<CorrectionsPage>();

        Assert.Contains("Nothing corrected yet", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/draw", page.Find(".empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll("a[download]"));
    }

    [Fact]
    public void Render_Corrections_ShowsNewestFirstWhatTheyAreAndWereReadAs()
    {
        _store.Add(Digit(7), readAs: 1, weights: "single-digit");
        var newest = _store.Add(Digit(2));

        var page = Render<CorrectionsPage>();

        Assert.Equal(["2", "7"], page.FindAll(".correction-tile").Select(tile => tile.GetAttribute("data-label")));
        Assert.Equal($"/api/corrections/{newest.Id}/picture", page.Find("img").GetAttribute("src"));
        Assert.Contains("read as 1", page.FindAll(".correction-read")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("by single-digit", page.FindAll(".correction-read")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Teach 2 corrections", page.Find(".teach").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_ByLabel_LivesInTheAddress()
    {
        _store.Add(Digit(7));
        _store.Add(Digit(2));
        var page = Render<CorrectionsPage>();

        await page.FindAll(".chips button").Single(chip => chip.GetAttribute("aria-label") == "7, 1 correction").ClickAsync();

        Assert.EndsWith("?label=7", Address, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("7", Assert.Single(page.FindAll(".correction-tile")).GetAttribute("data-label")));
    }

    [Fact]
    public async Task Relabel_ATile_ChangesTheCorrection()
    {
        _store.Add(Digit(7));
        var page = Render<CorrectionsPage>();

        await page.Find(".correction-tile select").ChangeAsync("3");

        Assert.Equal(3, _store.List()[0].Label);
        Assert.Equal("3", page.Find(".correction-tile").GetAttribute("data-label"));
    }

    [Fact]
    public async Task Delete_SelectedOnes_CanBeUndone()
    {
        for (var digit = 0; digit < 3; digit++) _store.Add(Digit(digit));
        var page = Render<CorrectionsPage>();

        await page.FindAll(".correction-tile input")[0].ChangeAsync(true);
        await page.FindAll(".correction-tile input")[2].ChangeAsync(true);
        Assert.Contains("2 selected", page.Find(".corrections-selection").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.Find("input[name=ids]").GetAttribute("value")!.Split(',').Length);
        await page.Find(".corrections-selection .danger").ClickAsync();
        Assert.Equal([1], _store.List().Select(correction => correction.Label));

        await page.Find(".corrections-undo button").ClickAsync();
        Assert.Equal([0, 1, 2], _store.List().Select(correction => correction.Label));
        Assert.Empty(page.FindAll(".corrections-undo"));
    }

    [Fact]
    public void AnotherTab_CorrectsADigit_AppearsHere()
    {
        var page = Render<CorrectionsPage>();

        _store.Add(Digit(4));

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".correction-tile")));
    }

    [Fact]
    public void Import_AFile_SaysHowManyOrWhichLineIsWrong()
    {
        var page = Render<CorrectionsPage>();
        var line = DrawingFile.Format(Digit(7));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText($"{line}\n{line}\n", "digits.jsonl"));
        page.WaitForAssertion(() => Assert.Equal("1 digit taken; 1 was here already.", page.Find(".notice").TextContent));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText($"{DrawingFile.Format(Digit(8))}\n{{}}\n", "digits.jsonl"));
        page.WaitForAssertion(() => Assert.Contains("line 2: width: missing", page.Find(".notice-bad").TextContent, StringComparison.Ordinal));
        Assert.Equal([7], _store.List().Select(correction => correction.Label));
    }

    [Fact]
    public async Task Change_OnAFullDisk_SaysSo()
    {
        _store.Add(Digit(7));
        var page = Render<CorrectionsPage>();
        _files.IsFull = true;

        await page.Find(".correction-what .icon-button").ClickAsync();

        Assert.Contains("No space left", page.Find(".notice-bad").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".correction-tile"));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _home.Dispose();
    }

    private static Drawing Digit(int digit) => PenDigits.Draw(digit, seed: 3) with { Label = [digit] };
}
