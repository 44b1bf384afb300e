using VitLab.Data;
using VitLab.Experiments;
using VitLab.Inference;
using VitLab.Tests.Support;
using VitLab.Vision;

namespace VitLab.Tests.Inference;

/// <summary>The shipped detector on drawings by pens, anywhere on paper of any size.</summary>
public sealed class ShippedDetectorTests : IDisposable
{
    private readonly Predictor _predictor = new(Checkpoint.Load(Repository.PathOf("VitLab.Web", "pretrained", "free-layout.safetensors")));

    public void Dispose() => _predictor.Dispose();

    [Fact]
    public void Evaluate_FreshPenDigits_FindsAndReadsThem()
    {
        var metrics = _predictor.Evaluate(PenDigits.Generate(400, seed: 20_261_128)).Metrics;

        Assert.True(metrics["sceneAccuracy"] > 0.85 && metrics["countAccuracy"] > 0.95 && metrics["mAP50"] > 0.95 && metrics["emptyFalseAlarm"] < 0.03, string.Join(", ", metrics));
    }

    [Fact]
    public void Read_DrawingsOnPaperOfAnySize_FindsAndReadsThem()
    {
        var random = new SeededRandom(20_261_128);
        var answers = new AnswerCount();
        for (var seed = 0; seed < 60; seed++)
        {
            var drawing = Draw(560 + (70 * random.Below(17)), 560 + (70 * random.Below(17)), seed, ref random);
            answers.Add([.. drawing.Label!], [.. Read(drawing).Labels]);
        }

        var metrics = _predictor.Experiment.Measure(answers);
        Assert.True(metrics["sceneAccuracy"] > 0.85 && metrics["countAccuracy"] > 0.93, string.Join(", ", metrics));
    }

    /// <summary>What is moved by whole patches is found where it was moved to, and read as before.</summary>
    [Fact]
    public void Read_AMovedDrawing_MovesItsBoxes()
    {
        var random = new SeededRandom(7);
        for (var seed = 0; seed < 8; seed++)
        {
            var drawing = Draw(910, 910, seed, ref random) with { Width = 1120, Height = 1120 };
            var (before, after) = (Read(drawing), Read(Moved(drawing, 140, 70)));

            Assert.Equal(before.Labels, after.Labels);
            Assert.All(before.Regions.Zip(after.Regions), pair =>
            {
                var box = pair.First.Box!;
                Assert.True(new InkBox(box.X + 14, box.Y + 7, box.Width, box.Height).Overlap(new InkBox(pair.Second.Box!.X, pair.Second.Box.Y, pair.Second.Box.Width, pair.Second.Box.Height)) > 0.6);
            });
        }
    }

    [Theory]
    [InlineData(56, 56)]
    [InlineData(112, 112)]
    [InlineData(168, 91)]
    public void Read_EmptyPaperOrADot_FindsNothing(int width, int height)
    {
        var dot = new GrayImage(width, height);
        dot.Pixels[(20 * width) + 20] = 255;

        Assert.All((GrayImage[])[new GrayImage(width, height), dot], picture =>
        {
            var reading = _predictor.Read(picture, withAttention: false);
            Assert.Empty(reading.Labels);
            Assert.Equal("nothing here", reading.Text);
        });
    }

    private Reading Read(Drawing drawing) => _predictor.Read(_predictor.Experiment.Prepare(drawing, _predictor.Info.Options)!, withAttention: false);

    /// <summary>Two digits in the upper and up to two in the lower half, from half to one and a half times the size they have in a cell.</summary>
    private static Drawing Draw(int width, int height, int seed, ref SeededRandom random)
    {
        List<IReadOnlyList<float>> strokes = [];
        List<int> label = [];
        var digits = 2 + random.Below(3);
        for (var place = 0; place < digits; place++)
        {
            var (digit, room) = (random.Below(10), Math.Min(width, height) / 2);
            var size = Math.Min(room, 200 + random.Below(200));
            var (left, top) = ((place % 2 * width / 2) + random.Below((width / 2) - size + 1), place / 2 * height / 2);
            var scale = size / 280f;
            strokes.AddRange(PenDigits.Draw(digit, (100 * seed) + place).Strokes.Select(stroke => (IReadOnlyList<float>)[.. stroke.Select((at, axis) => (at * scale) + (axis % 2 == 0 ? left : top))]));
            label.Add(digit);
        }

        return new Drawing(width, height, strokes) { Label = label };
    }

    private static Drawing Moved(Drawing drawing, float x, float y) =>
        drawing with { Strokes = [.. drawing.Strokes.Select(stroke => (IReadOnlyList<float>)[.. stroke.Select((at, axis) => at + (axis % 2 == 0 ? x : y))])] };
}
