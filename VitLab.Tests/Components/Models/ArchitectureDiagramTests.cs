using Bunit;
using VitLab.Experiments;
using VitLab.Insight;
using VitLab.Web.Components.Models;
using VitLab.Web.Components.Shared;

namespace VitLab.Tests.Components.Models;

public class ArchitectureDiagramTests : ComponentTest
{
    public static TheoryData<string> Experiments { get; } = [.. ExperimentCatalog.All.Select(experiment => experiment.Id)];

    [Fact]
    public void Diagram_OfD64_HasShapesAtItsArrowsAndBlocksCounted()
    {
        var diagram = Render<ArchitectureDiagram>(p => p.Add(d => d.Tree, Tree("single-digit")));

        // Six of the ten alike are within a block: into it, and behind each of its parts but the last.
        Assert.Equal(["(1, 28, 28)", "(16, 64)", .. Enumerable.Repeat("(17, 64)", 10), "(64)", "(10)"], diagram.FindAll("text.shape").Select(text => text.TextContent));
        Assert.Equal("× 4", diagram.Find("[data-stage=Block] .box-count").TextContent);
        Assert.Equal(2, diagram.FindAll(".residual").Count);
        Assert.Equal(["Picture", "Patch embedding", "CLS token", "Positions", "Block", "Norm", "Self-attention", "Norm", "MLP", "Final norm", "Output of the CLS token", "Head"],
            diagram.FindAll("[data-stage]").Select(stage => stage.GetAttribute("data-stage")));
    }

    [Fact]
    public void Diagram_ForThoseWhoDoNotSeeIt_IsNamedAndTold()
    {
        var diagram = Render<ArchitectureDiagram>(p => p.Add(d => d.Tree, Tree("single-digit")));

        var svg = diagram.Find("svg");
        Assert.Equal("img", svg.GetAttribute("role"));
        Assert.Equal("Architecture of One digit", diagram.Find("#architecture-title").TextContent);
        Assert.Contains("Patch embedding (16, 64), then CLS token (17, 64), then Positions (17, 64), then Block × 4 (17, 64)", diagram.Find("#architecture-text").TextContent, StringComparison.Ordinal);
        Assert.Equal("architecture-title architecture-text", svg.GetAttribute("aria-labelledby"));
    }

    [Fact]
    public async Task Box_Clicked_AsksToOpenItsStage()
    {
        StageRun? asked = null;
        var diagram = Render<ArchitectureDiagram>(p => p.Add(d => d.Tree, Tree("single-digit")).Add(d => d.OnToggle, run => asked = run));

        await diagram.Find("[data-stage=Norm]").ClickAsync();
        Assert.Null(asked);
        await diagram.Find("[data-stage=MLP]").ClickAsync();
        Assert.Equal("blocks.0.mlp", asked!.First.Path);
    }

    [Fact]
    public void Bars_OfAModel_AreSharesOfTheWhole()
    {
        var tree = Tree("single-digit");
        var diagram = Render<ArchitectureDiagram>(p => p.Add(d => d.Tree, tree));

        Assert.Contains($"Block: {Figures.Percent(4 * 33_472 / 139_018.0, 1)} of the model’s parameters", diagram.FindAll("rect.of-parameters title").Select(title => title.TextContent));
    }

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Layout_OfAnyModelWithEverythingOpen_KeepsPartsApartAndWithinTheirFrames(string id)
    {
        var tree = Tree(id);
        OpenAll(tree, tree.Cost.Stages);

        var layout = new ArchitectureLayout(tree);

        Assert.All(layout.Boxes, box => Assert.True(box is { Width: > 60, Height: > 20 } && box.X >= 0 && box.Y >= 0 && box.X + box.Width < ArchitectureLayout.BarsLeft && box.Y + box.Height <= layout.Height, $"{box}"));
        var closed = layout.Boxes.Where(box => !box.IsOpen).ToList();
        Assert.All(closed, box => Assert.DoesNotContain(closed, other => other != box && Overlap(box, other)));
        Assert.Equal(Operations(tree.Cost.Stages), closed.Count + layout.Sums.Count);
        Assert.All(layout.Arrows, arrow => Assert.True(arrow.Top < arrow.Bottom));
        Assert.All(layout.Sums, sum => Assert.True(sum.From < sum.Y && sum.Lane > 0 && sum.Lane < sum.X));
    }

    private static StageTree Tree(string id)
    {
        var experiment = ExperimentCatalog.Find(id);
        return new StageTree(experiment, experiment.Presets[0].Options);
    }

    private static void OpenAll(StageTree tree, IReadOnlyList<CostStage> stages)
    {
        foreach (var run in StageRun.Of(stages).Where(run => run.First.Parts.Count > 0))
        {
            if (!tree.IsOpen(run))
            {
                tree.Toggle(run);
            }

            OpenAll(tree, run.First.Parts);
        }
    }

    /// <summary>What is to be seen with everything open: operations, those of equal neighbours once.</summary>
    private static int Operations(IReadOnlyList<CostStage> stages) => StageRun.Of(stages).Sum(run => run.First.Parts.Count == 0 ? 1 : Operations(run.First.Parts));

    private static bool Overlap(DiagramBox a, DiagramBox b) => a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;
}
