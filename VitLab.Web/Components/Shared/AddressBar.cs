using Microsoft.JSInterop;

namespace VitLab.Web.Components.Shared;

/// <summary>Writes what a page shows into the address bar, and only there: what Blazor calls a navigation also goes to the page's top, and comes back later than a quick hand's next choice.</summary>
internal static class AddressBar
{
    /// <param name="address">Of the page that is open.</param>
    public static async Task WriteAddressAsync(this IJSRuntime script, string address) => await script.InvokeVoidAsync("history.replaceState", null, "", address);
}
