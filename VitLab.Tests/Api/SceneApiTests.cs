using System.Net;

namespace VitLab.Tests.Api;

public sealed class SceneApiTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Scene_Usual_HasPixelsAndDigitsWithBoxesInside()
    {
        var scene = await server.GetAsync("/api/scenes?seed=1");

        Assert.Equal((112, 112), (scene.GetProperty("width").GetInt32(), scene.GetProperty("height").GetInt32()));
        Assert.Equal(112 * 112, scene.GetProperty("pixels").GetBytesFromBase64().Length);
        var digits = scene.GetProperty("digits").EnumerateArray().ToList();
        Assert.InRange(digits.Count, 1, 6);
        Assert.All(digits, digit =>
        {
            Assert.InRange(digit.GetProperty("label").GetInt32(), 0, 9);
            var box = digit.GetProperty("box");
            Assert.InRange(box.GetProperty("x").GetDouble(), 0, 112 - box.GetProperty("width").GetDouble());
            Assert.InRange(box.GetProperty("y").GetDouble(), 0, 112 - box.GetProperty("height").GetDouble());
            Assert.InRange(box.GetProperty("height").GetDouble(), 8, 64);
        });
    }

    [Fact]
    public async Task Scene_SameSeed_IsTheSameAndAnotherIsNot()
    {
        var (first, same, other) = (await TextAsync("seed=5"), await TextAsync("seed=5"), await TextAsync("seed=6"));

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Scene_EverythingSet_KeepsToIt()
    {
        var scene = await server.GetAsync("/api/scenes?width=168&height=70&fewestDigits=2&mostDigits=2&smallestInk=20&largestInk=24&lineChance=0&touchChance=0&markChance=0&penVariation=0&seed=3");

        Assert.Equal(168 * 70, scene.GetProperty("pixels").GetBytesFromBase64().Length);
        var heights = scene.GetProperty("digits").EnumerateArray().Select(digit => digit.GetProperty("box").GetProperty("height").GetDouble()).ToList();
        Assert.Equal(2, heights.Count);
        Assert.All(heights, height => Assert.InRange(height, 17, 27));
    }

    [Fact]
    public async Task Scene_NoDigitsAndNoMarks_IsEmptyPaper()
    {
        var scene = await server.GetAsync("/api/scenes?mostDigits=0&markChance=0");

        Assert.Empty(scene.GetProperty("digits").EnumerateArray());
        Assert.All(scene.GetProperty("pixels").GetBytesFromBase64(), ink => Assert.Equal(0, ink));
    }

    [Fact]
    public async Task Picture_OfAScene_IsPng()
    {
        var answer = await server.Client.GetAsync("/api/scenes/picture?seed=1");

        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await answer.Content.ReadAsByteArrayAsync())[..4]);
    }

    [Theory]
    [InlineData("width=55", "width", "expected 56 to 168, got 55")]
    [InlineData("height=100000", "height", "expected 56 to 168, got 100000")]
    [InlineData("fewestDigits=-1", "fewestDigits", "expected 0 to 12, got -1")]
    [InlineData("mostDigits=13", "mostDigits", "expected 0 to 12, got 13")]
    [InlineData("fewestDigits=5&mostDigits=4", "fewestDigits", "expected at most mostDigits, which is 4, got 5")]
    [InlineData("smallestInk=7", "smallestInk", "expected 8 to 64, got 7")]
    [InlineData("largestInk=65", "largestInk", "expected 8 to 64, got 65")]
    [InlineData("smallestInk=30&largestInk=29", "smallestInk", "expected at most largestInk, which is 29, got 30")]
    [InlineData("lineChance=1.1", "lineChance", "expected 0 to 1, got 1.1")]
    [InlineData("touchChance=NaN", "touchChance", "expected 0 to 1, got NaN")]
    [InlineData("markChance=-0.1", "markChance", "expected 0 to 1, got -0.1")]
    [InlineData("penVariation=Infinity", "penVariation", "expected 0 to 1, got Infinity")]
    [InlineData("width=wide", "body", "Width")]
    public async Task Scene_OutOfRange_IsRefusedByItsName(string query, string field, string reason)
    {
        var answer = await server.Client.GetAsync($"/api/scenes?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, (await TestServer.JsonOf(answer)).GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(string query) => (await server.GetAsync($"/api/scenes?{query}")).GetRawText();
}
