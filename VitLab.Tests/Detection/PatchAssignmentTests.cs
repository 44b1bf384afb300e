using FsCheck;
using FsCheck.Fluent;
using VitLab.Detection;
using VitLab.Tests.Vision;
using VitLab.Vision;

namespace VitLab.Tests.Detection;

public class PatchAssignmentTests
{
    private static readonly PatchGrid s_grid = new(Rows: 8, Columns: 9, Patch: 7);

    [Theory]
    [InlineData(24.5f, 17.5f, new[] { 21 })]                 // the middle of a patch: it alone
    [InlineData(28f, 21f, new[] { 21, 22, 30, 31 })]         // a corner of four
    [InlineData(28f, 17.5f, new[] { 21, 22 })]               // an edge of two
    [InlineData(26.5f, 17.5f, new[] { 21 })]                 // 5 px from the next patch's middle
    [InlineData(0.5f, 0.5f, new[] { 0 })]
    public void Assign_OneDigit_IsAnsweredForByThePatchesAroundItsMiddle(float x, float y, int[] expected) =>
        Assert.Equal(expected, Owned(0, Assign([Around(x, y)])));

    // Two thin digits in one patch: the nearer has it, the other the next one.
    [Fact]
    public void Assign_TwoMiddlesInOnePatch_GivesEachDigitAPatch()
    {
        var owners = Assign([Around(24, 17.5f), Around(27.4f, 17.5f)]);

        Assert.Equal((0, 1), (owners[21], owners[22]));
        Assert.Equal(2, owners.Count(owner => owner != PatchAssignment.Nobody));
    }

    [Fact]
    public void Assign_AnyDigits_DependsOnPlacesAloneAndServesEachDigit() => Properties.Hold(Prop.ForAll(
        (from count in Gen.Choose(0, 6) from seed in Gen.Choose(0, 1_000_000) select (count, seed)).ToArbitrary(),
        each =>
        {
            var random = new Random(each.seed);
            InkBox[] boxes = [.. Enumerable.Range(0, each.count).Select(_ => Around(11 + (random.NextSingle() * 34), 11 + (random.NextSingle() * 27), 3 + random.Next(20), 16 + random.Next(20)))];
            InkBox[] shuffled = [.. boxes.OrderBy(_ => random.Next())];
            InkBox[] moved = [.. boxes.Select(box => box with { Left = box.Left + 7, Top = box.Top + 7 })];
            var (owners, others, after) = (Assign(boxes), Assign(shuffled), Assign(moved));
            return Enumerable.Range(0, each.count).All(owners.Contains)
                && owners.Zip(others).All(pair => Box(boxes, pair.First) == Box(shuffled, pair.Second))
                && Enumerable.Range(0, s_grid.Count - s_grid.Columns - 1).Where(patch => patch % 9 < 8).All(patch => owners[patch] == after[patch + s_grid.Columns + 1]);
        }));

    [Fact]
    public void Encode_AnyBoxAndPatch_IsDecodedAgain() => Properties.Hold(Prop.ForAll(
        (from patch in Gen.Choose(0, s_grid.Count - 1) from seed in Gen.Choose(0, 1_000_000) select (patch, seed)).ToArbitrary(),
        each =>
        {
            var random = new Random(each.seed);
            var box = new InkBox(random.Next(30), random.Next(30), 3 + random.Next(30), 3 + random.Next(22));
            var code = new float[4];
            s_grid.Encode(box, each.patch, code);
            var back = s_grid.Decode(code, each.patch);
            return Math.Abs(back.Left - box.Left) < 1e-3 && Math.Abs(back.Top - box.Top) < 1e-3 && Math.Abs(back.Width - box.Width) < 1e-3 && Math.Abs(back.Height - box.Height) < 1e-3;
        }));

    [Fact]
    public void Decode_ABoxBeyondThePicture_IsCutToIt() => Assert.Equal(new InkBox(0, 0, 63, 56), s_grid.Decode([0, 0, 100, 100], patch: 30));

    private static int[] Assign(InkBox[] boxes)
    {
        var owners = new int[s_grid.Count];
        PatchAssignment.Assign(boxes, s_grid, owners);
        return owners;
    }

    private static int[] Owned(int digit, int[] owners) => [.. owners.Index().Where(patch => patch.Item == digit).Select(patch => patch.Index)];

    private static InkBox? Box(InkBox[] boxes, int owner) => owner == PatchAssignment.Nobody ? null : boxes[owner];

    private static InkBox Around(float x, float y, float width = 3, float height = 18) => new(x - (width / 2), y - (height / 2), width, height);
}
