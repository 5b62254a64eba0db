// On a phone the week opens at today's box, and a mark opens its explanation (it does so by focus, without us).
if (matchMedia("(max-width: 640px)").matches && !location.hash) document.getElementById("today")?.scrollIntoView();
