using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace VitLab.Web.Components.Shared;

/// <summary>
/// A page whose choices stand in its address, so that a link or a reload shows the same. What a hand chooses is on the page at once and in the address after that.
/// </summary>
public abstract class AddressedPage : ComponentBase, IDisposable
{
    private readonly Dictionary<string, string?> _choices = [];
    private readonly List<IDisposable> _kept = [];
    private string _path = "";

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    /// <summary>Adopts the address; a page prepares what it chooses from before.</summary>
    protected override void OnInitialized()
    {
        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += OnLocationChanged;
        Read(Navigation.Uri);
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        foreach (var kept in _kept) kept.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Until the page is left.</summary>
    protected void Keep(IDisposable subscription) => _kept.Add(subscription);

    /// <summary>Shows what was chosen: at first, after a choice, and when a link leads here again.</summary>
    protected abstract void Adopt();

    /// <summary>What is chosen under a name of the address; null for nothing.</summary>
    protected string? Chosen(string name) => _choices.GetValueOrDefault(name);

    /// <param name="value">In the words of the address; null takes the choice back.</param>
    protected async Task ChooseAsync(string name, string? value)
    {
        _choices[name] = value;
        Adopt();
        await Script.WriteAddressAsync(AddressWith(name, value));
    }

    /// <summary>Where a link leads that keeps all choices but one.</summary>
    protected string AddressWith(string name, string? value) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>(_choices.Select(choice => KeyValuePair.Create(choice.Key, (object?)choice.Value))) { [name] = value });

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(() =>
    {
        if (new Uri(change.Location).AbsolutePath != _path) return;      // another page comes
        Read(change.Location);
        StateHasChanged();
    });

    private void Read(string address)
    {
        _choices.Clear();
        foreach (var (name, value) in QueryHelpers.ParseQuery(new Uri(address).Query)) _choices[name] = value;
        Adopt();
    }
}
