using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using VitLab.Vision;

namespace VitLab.Tests.Vision;

public class DrawingFileTests
{
    [Fact]
    public void Write_ThenRead_GivesTheSameDrawings() =>
        Properties.Hold(Prop.ForAll(
            Drawings().ListOf().ToArbitrary(),
            drawings =>
            {
                using var file = new StringWriter();
                DrawingFile.Write(file, drawings);
                var read = DrawingFile.Read(new StringReader(file.ToString())).ToList();
                return drawings.Count == read.Count && drawings.Zip(read).All(pair => Same(pair.First, pair.Second));
            }));

    [Fact]
    public void Read_ThePublicExample_Works()
    {
        var drawing = DrawingFile.Parse("""{"label":7,"width":280,"height":200,"strokes":[[10,20,30.5,40],[1,2]]}""");

        Assert.Equal((280, 200), (drawing.Width, drawing.Height));
        Assert.Equal([7], drawing.Label);
        Assert.Equal([10, 20, 30.5f, 40], drawing.Strokes[0]);
        Assert.Equal([1, 2], drawing.Strokes[1]);
    }

    [Theory]
    [InlineData("""{"width":28,"height":28,"strokes":[]}""", null)]
    [InlineData("""{"label":null,"width":28,"height":28,"strokes":[]}""", null)]
    [InlineData("""{"label":[4,2],"width":28,"height":28,"strokes":[],"note":"kept elsewhere"}""", new[] { 4, 2 })]
    public void Parse_LabelForms_AreRead(string json, int[]? label) => Assert.Equal(label, DrawingFile.Parse(json).Label);

    [Theory]
    [InlineData("""{"height":28,"strokes":[]}""", "width", "missing")]
    [InlineData("""{"width":0,"height":28,"strokes":[]}""", "width", "from 1 to 4096, got 0")]
    [InlineData("""{"width":28,"height":4097,"strokes":[]}""", "height", "got 4097")]
    [InlineData("""{"width":28,"height":"28","strokes":[]}""", "height", "got \"28\"")]
    [InlineData("""{"width":28,"height":28}""", "strokes", "list of strokes")]
    [InlineData("""{"width":28,"height":28,"strokes":[[1,2],5]}""", "strokes[1]", "got 5")]
    [InlineData("""{"width":28,"height":28,"strokes":[[1,2,3]]}""", "strokes[0]", "even number")]
    [InlineData("""{"width":28,"height":28,"strokes":[[]]}""", "strokes[0]", "got 0")]
    [InlineData("""{"width":28,"height":28,"strokes":[[1,1e39]]}""", "strokes[0][1]", "got 1e39")]
    [InlineData("""{"width":28,"height":28,"strokes":[[1,null]]}""", "strokes[0][1]", "got null")]
    [InlineData("""{"label":10,"width":28,"height":28,"strokes":[]}""", "label", "digit 0 to 9")]
    [InlineData("""{"label":[1,"x"],"width":28,"height":28,"strokes":[]}""", "label[1]", "digit 0 to 9")]
    [InlineData("""[1,2]""", "", "expected an object")]
    public void Read_WrongField_NamesLineAndField(string json, string field, string expected)
    {
        var file = """{"width":28,"height":28,"strokes":[]}""" + "\n\n" + json;

        var error = Assert.Throws<DrawingFormatException>(() => DrawingFile.Read(new StringReader(file)).ToList());

        Assert.Equal((3, field), (error.Line, error.Field));
        Assert.StartsWith("line 3: " + field, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TornLastLine_GivesTheWholeOnesThenNamesIt()
    {
        var whole = """{"width":28,"height":28,"strokes":[[1,2]]}""";
        var read = new List<Drawing>();

        var error = Assert.Throws<DrawingFormatException>(() =>
        {
            foreach (var drawing in DrawingFile.Read(new StringReader(whole + "\n" + whole[..^6])))
            {
                read.Add(drawing);
            }
        });

        Assert.Single(read);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public void Parse_TooMuch_IsRefused()
    {
        var strokes = string.Join(',', Enumerable.Repeat("[1,2]", DrawingJson.MaximumStrokes + 1));
        var points = string.Join(',', Enumerable.Repeat("1,2", DrawingJson.MaximumPoints));

        Assert.Contains("at most 2000 strokes", Fails($$"""{"width":28,"height":28,"strokes":[{{strokes}}]}"""), StringComparison.Ordinal);
        Assert.Contains("at most 100000 points", Fails($$"""{"width":28,"height":28,"strokes":[[{{points}}],[1,2]]}"""), StringComparison.Ordinal);

        static string Fails(string json) => Assert.Throws<DrawingFormatException>(() => DrawingFile.Parse(json)).Message;
    }

    [Fact]
    public void Serializer_AnyOptions_UsesTheFormat()
    {
        var drawing = new Drawing(28, 20, [[1.5f, 2]]) { Label = [3] };

        var json = JsonSerializer.Serialize(drawing, JsonSerializerOptions.Web);

        Assert.Equal("""{"label":3,"width":28,"height":20,"strokes":[[1.5,2]]}""", json);
        Assert.True(Same(drawing, JsonSerializer.Deserialize<Drawing>(json, JsonSerializerOptions.Web)!));
        var error = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Drawing>("""{"width":1}""", JsonSerializerOptions.Web));
        Assert.Contains("height", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteAndRead_File_RoundTrips()
    {
        var path = Path.GetTempFileName();
        try
        {
            DrawingFile.Write(path, [new Drawing(28, 28, [[1, 2]]), new Drawing(10, 10, [])]);

            Assert.Equal([28, 10], DrawingFile.Read(path).Select(drawing => drawing.Width));
            Assert.Equal('{', (char)File.ReadAllBytes(path)[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Gen<Drawing> Drawings() =>
        from width in Gen.Choose(1, 4096)
        from height in Gen.Choose(1, 4096)
        from label in Gen.OneOf(Gen.Constant<int[]?>(null), Gen.Choose(0, 9).ListOf().Select(digits => (int[]?)digits.ToArray()))
        from strokes in Gen.Zip(Coordinates(), Coordinates()).NonEmptyListOf().Select(points => points.SelectMany(p => new[] { p.Item1, p.Item2 }).ToArray()).ListOf()
        select new Drawing(width, height, strokes) { Label = label };

    private static Gen<float> Coordinates() => Gen.Choose(-40_000_000, 40_000_000).Select(value => value / 999f);

    private static bool Same(Drawing a, Drawing b) =>
        (a.Width, a.Height) == (b.Width, b.Height) && (a.Label is null) == (b.Label is null) && (a.Label ?? []).SequenceEqual(b.Label ?? []) &&
        a.Strokes.Count == b.Strokes.Count && a.Strokes.Zip(b.Strokes).All(pair => pair.First.SequenceEqual(pair.Second));
}
